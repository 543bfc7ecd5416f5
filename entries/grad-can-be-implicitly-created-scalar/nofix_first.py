"""The loss of the first sample alone is a scalar, and the others are forgotten."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 3)
criterion = nn.CrossEntropyLoss(reduction="none")
inputs, labels = torch.randn(6, 4), torch.tensor([0, 1, 2, 0, 1, 2])
importance = torch.tensor([1.0, 1.0, 1.0, 0.5, 0.5, 0.5])
losses = criterion(model(inputs), labels) * importance
losses[0].backward()

first = criterion(model(inputs[:1]), labels[:1]).sum()
(of_first,) = torch.autograd.grad(first, model.weight)
assert torch.allclose(model.weight.grad, of_first), "the others count, too"
