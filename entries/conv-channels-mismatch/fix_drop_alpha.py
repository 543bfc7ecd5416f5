"""The channel for transparency is left out."""

import torch
from torch import nn

torch.manual_seed(0)
images = torch.rand(8, 4, 32, 32)
model = nn.Sequential(
    nn.Conv2d(3, 16, 3, padding=1),
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(16, 2),
)
colours = images[:, :3]
logits = model(colours)
loss = nn.functional.cross_entropy(logits, torch.zeros(8, dtype=torch.long))
loss.backward()

assert logits.shape == (8, 2) and model[0].weight.grad is not None
assert colours.shape[1] == 3 and torch.equal(colours[:, 2], images[:, 2])
