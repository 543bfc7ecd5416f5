"""flatten(1) keeps the batch, and the head gets the true size."""

import torch
from torch import nn

torch.manual_seed(0)
images, labels = torch.randn(16, 3, 32, 32), torch.randint(0, 5, (16,))
features = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(4))
head = nn.Linear(8 * 8 * 8, 5)

maps = features(images)
flat = maps.flatten(1)
logits = head(flat)
loss = nn.functional.cross_entropy(logits, labels)
loss.backward()

assert logits.shape == (16, 5)
assert head.weight.grad is not None
