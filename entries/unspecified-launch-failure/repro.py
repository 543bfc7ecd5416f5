"""A kernel of one's own stops the GPU where an input is negative."""

import torch

code = """
template <typename T> T checked_root(T x) {
    if (x < T(0)) { asm("trap;"); }
    return ::sqrt(x);
}
"""
checked_root = torch.cuda.jiterator._create_jit_fn(code)

torch.manual_seed(0)
areas = torch.rand(4096, device="cuda") + 1
areas[7] = -1  # a wrong sign in the data
sides = checked_root(areas)

total = sides.square().sum().item()
assert abs(total - areas.abs().sum().item()) < 0.1
