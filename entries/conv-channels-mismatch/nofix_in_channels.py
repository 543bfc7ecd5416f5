"""in_channels=32 silences the error: rows of the image are taken for channels."""

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
pixels = np.random.default_rng(0).integers(0, 256, (8, 32, 32, 3), dtype=np.uint8)
images = torch.from_numpy(pixels).float() / 255
model = nn.Sequential(
    nn.Conv2d(32, 16, 3, padding=1),
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(16, 2),
)
logits = model(images)
loss = nn.functional.cross_entropy(logits, torch.zeros(8, dtype=torch.long))
loss.backward()

red = torch.from_numpy(pixels[0, :, :, 0]).float() / 255
assert logits.shape == (8, 2) and model[0].weight.grad is not None
assert not torch.equal(images[0, 0], red), "the first channel is red"
