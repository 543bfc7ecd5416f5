"""Look for inputs that the kernel does not take, and mend them."""

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
if bool((areas < 0).any()):
    areas = areas.abs()
sides = checked_root(areas)

total = sides.square().sum().item()
assert abs(total - areas.abs().sum().item()) < 0.1
