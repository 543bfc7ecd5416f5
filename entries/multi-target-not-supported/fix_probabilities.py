"""One-hot rows of floats are probabilities, which the loss takes as well."""

import torch
from torch import nn

torch.manual_seed(0)
table = torch.randn(30, 5)
table[:, -1] = table[:, :3].argmax(dim=1)
features, labels = table[:, :4], table[:, -1:].long()
model = nn.Linear(4, 3)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
criterion = nn.CrossEntropyLoss()

one_hot = nn.functional.one_hot(labels.squeeze(1), num_classes=3).float()

losses = []
for step in range(60):
    scores = model(features)
    loss = criterion(scores, one_hot)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

right = (model(features).argmax(dim=1) == table[:, -1]).float().mean()
assert losses[-1] < losses[0] / 2 and right > 0.9
