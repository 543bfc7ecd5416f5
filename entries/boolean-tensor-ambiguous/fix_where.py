"""torch.where() decides for each element."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 1)
inputs = torch.randn(8, 4)
labels = torch.tensor([0, 1, 1, 0, 1, 0, 0, 1])
predicted = (model(inputs).squeeze(1) > 0).long()

hits = torch.where(predicted == labels, 1, 0)
correct = int(hits.sum())

assert correct == sum(p == t for p, t in zip(predicted.tolist(), labels.tolist()))
