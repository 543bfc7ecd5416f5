"""The argument is passed only where the class still takes it."""

import inspect

import torch
from torch import nn
from torch.optim.lr_scheduler import ReduceLROnPlateau

torch.manual_seed(0)
inputs = torch.randn(32, 4)
target = inputs.sum(dim=1, keepdim=True) + torch.randn(32, 1)
model = nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
options = {"factor": 0.5, "patience": 2, "verbose": True}
known = inspect.signature(ReduceLROnPlateau).parameters
options = {name: value for name, value in options.items() if name in known}
scheduler = ReduceLROnPlateau(optimizer, **options)

for epoch in range(60):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step(loss.item())

assert (scheduler.factor, scheduler.patience) == (0.5, 2)
assert optimizer.param_groups[0]["lr"] < 0.2
