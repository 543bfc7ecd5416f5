"""Compare single numbers, one sample at a time."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 1)
inputs = torch.randn(8, 4)
labels = torch.tensor([0, 1, 1, 0, 1, 0, 0, 1])
predicted = (model(inputs).squeeze(1) > 0).long()

correct = 0
for prediction, label in zip(predicted.tolist(), labels.tolist()):
    if prediction == label:
        correct += 1

assert correct == sum(p == t for p, t in zip(predicted.tolist(), labels.tolist()))
