"""The first layer was made wider, and the second still expects the old width."""

import torch
from torch import nn

torch.manual_seed(0)
images = torch.rand(8, 3, 32, 32)
width = 32
model = nn.Sequential(
    nn.Conv2d(3, width, 3, padding=1),
    nn.BatchNorm2d(width),
    nn.ReLU(),
    nn.Conv2d(16, 16, 3, padding=1),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(16, 2),
)
logits = model(images)
loss = nn.functional.cross_entropy(logits, torch.zeros(8, dtype=torch.long))
loss.backward()

assert logits.shape == (8, 2) and model[0].weight.grad is not None
assert model[3].in_channels == model[0].out_channels
