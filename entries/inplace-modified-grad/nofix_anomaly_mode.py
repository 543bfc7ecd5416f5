"""Dead end: anomaly mode points at the operation, and still raises."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.fc = nn.Linear(size, size)

    def forward(self, x):
        h = torch.sigmoid(self.fc(x))
        h += x
        return h


torch.manual_seed(0)
torch.autograd.set_detect_anomaly(True)
x, y = torch.randn(64, 8), torch.randn(64, 1)
model = nn.Sequential(Block(8), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
losses = []
for step in range(20):
    loss = (model(x) - y).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert model[0].fc.weight.grad.abs().sum() > 0, "the block got no gradient"
assert losses[-1] < losses[0], "the model did not learn"
