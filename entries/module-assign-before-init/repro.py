"""A subclass makes its layer before the class above it is ready."""

import torch
from torch import nn


class OneHead(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(4, 16)
        self.head = nn.Linear(16, 1)


class TwoHeads(OneHead):
    def __init__(self):
        self.second = nn.Linear(16, 1)
        super().__init__()

    def forward(self, x):
        features = self.backbone(x)
        return torch.cat([self.head(features), self.second(features)], dim=1)


torch.manual_seed(0)
inputs = torch.randn(64, 4)
target = inputs[:, :2] + inputs[:, 2:]
model = TwoHeads()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
losses = []
for _ in range(100):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < losses[0] / 10
assert len(model.state_dict()) == 6
