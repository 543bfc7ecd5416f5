"""The ReLU writes into a tensor of its own."""

import torch
from torch import nn


class Cell(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.left = nn.Linear(size, size)
        self.right = nn.Sequential(nn.ReLU(), nn.Linear(size, size))

    def forward(self, x):
        return self.left(x) + self.right(x)


torch.manual_seed(0)
x, y = torch.randn(64, 8), torch.randn(64, 1)
model = nn.Sequential(nn.Linear(8, 8), Cell(8), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
losses = []
for step in range(20):
    loss = (model(x) - y).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert model[1].left.weight.grad.abs().sum() > 0, "the left branch got no gradient"
assert losses[-1] < losses[0], "the model did not learn"
