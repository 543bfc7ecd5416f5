"""Dead end: CXX="ccache g++" in the environment, with g++ in PATH."""

import shutil

import torch
from torch import nn

assert shutil.which("g++")

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
compiled = torch.compile(model)

x = torch.randn(3, 4)
with torch.no_grad():
    output = compiled(x)
    expected = model[2](model[0](x).clamp(min=0))
assert torch.allclose(output, expected, atol=1e-6)
