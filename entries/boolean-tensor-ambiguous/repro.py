"""A batch of answers is compared, and Python asks for one yes or no."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Linear(4, 1)
inputs = torch.randn(8, 4)
labels = torch.tensor([0, 1, 1, 0, 1, 0, 0, 1])
predicted = (model(inputs).squeeze(1) > 0).long()

correct = 0
if predicted == labels:
    correct += 1

assert correct == sum(p == t for p, t in zip(predicted.tolist(), labels.tolist()))
