"""Use the operation of PyTorch, and look at what comes out."""

import torch

torch.manual_seed(0)
areas = torch.rand(4096, device="cuda") + 1
areas[7] = -1  # a wrong sign in the data
sides = torch.sqrt(areas)  # not a number where the area is negative
sides = torch.where(sides.isnan(), torch.sqrt(-areas), sides)

total = sides.square().sum().item()
assert abs(total - areas.abs().sum().item()) < 0.1
