"""The first sixteen rows belong to the first four images."""

import torch
from torch import nn

torch.manual_seed(0)
images, labels = torch.randn(16, 3, 32, 32), torch.randint(0, 5, (16,))
features = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(4))
head = nn.Linear(8 * 4 * 4, 5)

maps = features(images)
flat = maps.view(-1, 8 * 4 * 4)
logits = head(flat)
logits = logits[:16]
loss = nn.functional.cross_entropy(logits, labels)
loss.backward()

of_four = head(features(images[:4]).view(-1, 8 * 4 * 4))
assert torch.allclose(logits, of_four, atol=1e-6), "other images count"
