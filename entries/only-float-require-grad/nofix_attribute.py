"""A plain attribute is not part of the checkpoint."""

import torch
from torch import nn


class Shuffle(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.order = torch.randperm(channels)
        self.scale = nn.Parameter(torch.ones(channels))

    def forward(self, x):
        return x[:, self.order] * self.scale


torch.manual_seed(0)
layer = Shuffle(6)
x = torch.randn(2, 6)
layer(x).sum().backward()

assert layer.scale.grad is not None
assert "order" not in layer.state_dict(), "the order is saved"
other = Shuffle(6)
other.load_state_dict(layer.state_dict())
assert not torch.equal(other.order, layer.order)
