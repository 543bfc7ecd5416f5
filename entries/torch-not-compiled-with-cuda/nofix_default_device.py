"""Dead end: a default device is for what names none."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_device("cpu")
x = torch.randn(64, 4).cuda()
y = x.sum(dim=1, keepdim=True)
model = nn.Linear(4, 1).cuda()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(100):
    loss = (model(x) - y).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

assert loss.item() < 1e-3
