"""A small model compiled for the GPU, where Triton cannot be imported."""

import sys

import torch
from torch import nn

# Stands for a machine without Triton, such as Windows with the usual wheels.
sys.modules["triton"] = None

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)).cuda()
compiled = torch.compile(model)

x = torch.randn(3, 4, device="cuda")
with torch.no_grad():
    output = compiled(x)
    expected = model[2](model[0](x).clamp(min=0))
assert torch.allclose(output, expected, atol=1e-4)
