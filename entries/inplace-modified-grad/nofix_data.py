"""Dead end: adding through .data silences the check and falsifies the gradient."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.fc = nn.Linear(size, size)

    def forward(self, x):
        h = torch.sigmoid(self.fc(x))
        h.data += x
        return h


torch.manual_seed(0)
x, y = torch.randn(64, 8), torch.randn(64, 1)
model = nn.Sequential(Block(8), nn.Linear(8, 1))
loss = (model(x) - y).pow(2).mean()
loss.backward()

# The same loss, written without an in-place operation.
block, head = model
right = (head(torch.sigmoid(block.fc(x)) + x) - y).pow(2).mean()
(expected,) = torch.autograd.grad(right, block.fc.weight)
assert torch.equal(loss, right), "the losses differ"
assert not torch.allclose(block.fc.weight.grad, expected), "the gradient is right"
