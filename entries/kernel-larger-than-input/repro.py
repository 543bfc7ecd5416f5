"""Images of 28 pixels run out of pixels in the fourth stage of a network."""

import torch
from torch import nn
from torch.nn import functional as F


def stage(channels_in, channels_out):
    convolution = nn.Conv2d(channels_in, channels_out, 3)
    return nn.Sequential(convolution, nn.ReLU(), nn.MaxPool2d(2))


torch.manual_seed(0)
stages = [stage(1, 8), stage(8, 16), stage(16, 16), stage(16, 16)]
features = nn.Sequential(*stages)
head = nn.Linear(16, 10)
parameters = [*features.parameters(), *head.parameters()]
optimizer = torch.optim.Adam(parameters, lr=0.01)
images = torch.randn(16, 1, 28, 28)
labels = torch.arange(16) % 10
losses = []
for step in range(20):
    maps = features(images)
    loss = F.cross_entropy(head(maps.mean(dim=(2, 3))), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert maps.shape[:2] == (16, 16) and losses[-1] < losses[0]
