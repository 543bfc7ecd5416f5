"""Dead end: after the failed kernel, good inputs do not help this process."""

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
try:
    sides = checked_root(areas)
    torch.cuda.synchronize()
except RuntimeError as error:
    print("the first try ended with", type(error).__name__)

sides = checked_root(areas.abs())  # this is right
total = sides.square().sum().item()
assert abs(total - areas.abs().sum().item()) < 0.1
