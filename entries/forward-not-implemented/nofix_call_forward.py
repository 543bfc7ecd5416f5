"""Calling forward() by its name finds the one of nn.Module."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 16)
        self.output = nn.Linear(16, 1)

        def forward(self, x):
            return self.output(self.hidden(x).relu())


torch.manual_seed(0)
inputs = torch.randn(64, 4)
target = inputs.sum(dim=1, keepdim=True)
model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
losses = []
for _ in range(50):
    loss = nn.functional.mse_loss(model.forward(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < losses[0] / 10
