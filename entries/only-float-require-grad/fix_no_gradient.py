"""A parameter that is told not to want gradients."""

import torch
from torch import nn


class Shuffle(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.order = nn.Parameter(torch.randperm(channels), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(channels))

    def forward(self, x):
        return x[:, self.order] * self.scale


torch.manual_seed(0)
layer = Shuffle(6)
x = torch.randn(2, 6)
layer(x).sum().backward()

assert layer.scale.grad is not None
assert torch.equal(layer.state_dict()["order"].sort().values, torch.arange(6))
