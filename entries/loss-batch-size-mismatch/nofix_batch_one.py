"""A batch of one image is cut into rows just the same."""

import torch
from torch import nn

torch.manual_seed(0)
images, labels = torch.randn(1, 3, 32, 32), torch.randint(0, 5, (1,))
features = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(4))
head = nn.Linear(8 * 4 * 4, 5)

maps = features(images)
flat = maps.view(-1, 8 * 4 * 4)
logits = head(flat)
loss = nn.functional.cross_entropy(logits, labels)
loss.backward()

assert logits.shape == (1, 5)
assert head.weight.grad is not None
