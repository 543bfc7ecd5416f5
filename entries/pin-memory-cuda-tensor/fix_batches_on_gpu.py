"""The whole data set lies on the GPU, and batches are rows of it."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
device = torch.device("cuda")
y = torch.arange(240) % 3
x = torch.randn(240, 8)
x[torch.arange(240), y] += 4
x, y = x.to(device), y.to(device)
model = nn.Linear(8, 3).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
for epoch in range(10):
    for rows in torch.randperm(240, device=device).split(40):
        inputs, labels = x[rows], y[rows]
        loss = F.cross_entropy(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

right = (model(x).argmax(1) == y).float().mean()
assert right > 0.9, "the labels were not learned"
