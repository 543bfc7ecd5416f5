"""Chooses a batch size that leaves no batch of one."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
images, labels = torch.randn(9, 3, 16, 16), torch.randint(0, 2, (9,))
loader = DataLoader(TensorDataset(images, labels), batch_size=3)
model = nn.Sequential(
    nn.Conv2d(3, 8, 3, padding=1),
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(1),
    nn.BatchNorm2d(8),
    nn.Flatten(),
    nn.Linear(8, 2),
)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
before = model[-1].weight.detach().clone()

seen = 0
for batch, target in loader:
    loss = nn.functional.cross_entropy(model(batch), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    seen += len(batch)

assert seen == 9 and torch.isfinite(loss)
assert not torch.equal(before, model[-1].weight)
