"""Flatten each image to one row before the linear layer."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
images, labels = torch.randn(16, 3, 32, 32), torch.arange(16) % 10
model = nn.Sequential(
    nn.Conv2d(3, 8, kernel_size=3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(8 * 16 * 16, 10),
)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(30):
    loss = F.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

predicted = model(images).argmax(1)
assert torch.equal(predicted, labels), "the batch was not learned"
