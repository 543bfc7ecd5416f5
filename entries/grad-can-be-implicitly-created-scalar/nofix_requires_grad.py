"""The losses require a gradient already; that is not what is missing."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 3)
criterion = nn.CrossEntropyLoss(reduction="none")
inputs, labels = torch.randn(6, 4), torch.tensor([0, 1, 2, 0, 1, 2])
importance = torch.tensor([1.0, 1.0, 1.0, 0.5, 0.5, 0.5])
losses = criterion(model(inputs), labels) * importance
losses.retain_grad()
losses.requires_grad_(True)
losses.backward()

mean = sum(loss for loss in criterion(model(inputs), labels) * importance) / 6
(expected,) = torch.autograd.grad(mean, model.weight)
assert torch.allclose(model.weight.grad, expected)
