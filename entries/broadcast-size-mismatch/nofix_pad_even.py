"""A multiple of two is not enough for two halvings."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
down = nn.Conv2d(3, 8, 3, padding=1)
middle = nn.Conv2d(8, 8, 3, padding=1)
up = nn.Conv2d(8, 3, 3, padding=1)


def forward(image):
    half = F.max_pool2d(down(image), 2)
    quarter = F.max_pool2d(middle(half), 2)
    grown = F.interpolate(quarter, scale_factor=2)
    return up(F.interpolate(grown + half, scale_factor=2))


image = torch.randn(1, 3, 50, 50)
height, width = image.shape[-2:]
image = F.pad(image, (0, width % 2, 0, height % 2))
output = forward(image)
output.sum().backward()

assert output.shape == image.shape
assert down.weight.grad is not None
