"""Floats are no indices at all."""

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
stored = np.array([3, 0, 4, 1, 3, 2, 0, 4], dtype=np.uint8)
features = torch.randn(8, 6)
labels = torch.from_numpy(stored)
model = nn.Linear(6, 5)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)

one_hot = torch.zeros(8, 5)
one_hot.scatter_(1, labels.float().unsqueeze(1), 1.0)
losses = []
for step in range(20):
    loss = -(one_hot * model(features).log_softmax(dim=1)).sum(dim=1).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert one_hot.argmax(dim=1).tolist() == stored.tolist()
assert one_hot.sum().item() == 8 and losses[-1] < losses[0]
