"""The model itself ends in probabilities, and 0.5 is the border."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
features = torch.randn(64, 4)
targets = (features.sum(dim=1, keepdim=True) > 0).float()
criterion = nn.BCELoss()

losses = []
for step in range(60):
    scores = model(features)
    loss = criterion(scores, targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

right = ((model(features) > 0.5).float() == targets).float().mean()
assert losses[-1] < losses[0] / 2 and right > 0.9
