"""Dynamo falls back to the plain model where the backend fails."""

import sys

import torch
import torch._dynamo
from torch import nn

# Stands for a machine without Triton, such as Windows with the usual wheels.
sys.modules["triton"] = None

torch._dynamo.config.suppress_errors = True
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)).cuda()
compiled = torch.compile(model)

x = torch.randn(3, 4, device="cuda")
with torch.no_grad():
    output = compiled(x)
    expected = model[2](model[0](x).clamp(min=0))
assert torch.allclose(output, expected, atol=1e-4)
