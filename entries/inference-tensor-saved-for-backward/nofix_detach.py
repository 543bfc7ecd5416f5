"""detach() of an inference tensor is an inference tensor."""

import torch
from torch import nn

torch.manual_seed(0)
backbone = nn.Sequential(nn.Linear(4, 16), nn.ReLU())
head = nn.Linear(16, 1)
inputs = torch.randn(64, 4)
target = inputs[:, :1]
before = [parameter.clone() for parameter in backbone.parameters()]

with torch.inference_mode():
    features = backbone(inputs)
features = features.detach()

optimizer = torch.optim.Adam(head.parameters(), lr=0.05)
losses = []
for _ in range(50):
    loss = nn.functional.mse_loss(head(features), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < losses[0] / 10
assert all(torch.equal(*pair) for pair in zip(before, backbone.parameters()))
