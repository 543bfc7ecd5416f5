"""In a list the layer is not seen, not even later."""

import torch
from torch import nn


class OneHead(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(4, 16)
        self.head = nn.Linear(16, 1)


class TwoHeads(OneHead):
    def __init__(self):
        self.seconds = [nn.Linear(16, 1)]
        super().__init__()

    def forward(self, x):
        features = self.backbone(x)
        return torch.cat([self.head(features), self.seconds[0](features)], dim=1)


torch.manual_seed(0)
inputs = torch.randn(64, 4)
target = inputs[:, :2] + inputs[:, 2:]
model = TwoHeads()
before = model.seconds[0].weight.clone()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
losses = []
for _ in range(100):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert torch.equal(model.seconds[0].weight, before), "the layer learned"
assert len(model.state_dict()) == 4
