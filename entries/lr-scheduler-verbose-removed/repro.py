"""A scheduler is asked to report its changes, as it could before PyTorch 2.7."""

import torch
from torch import nn
from torch.optim.lr_scheduler import ReduceLROnPlateau

torch.manual_seed(0)
inputs = torch.randn(32, 4)
target = inputs.sum(dim=1, keepdim=True) + torch.randn(32, 1)
model = nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
scheduler = ReduceLROnPlateau(optimizer, factor=0.5, patience=2, verbose=True)

for epoch in range(60):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step(loss.item())

assert optimizer.param_groups[0]["lr"] < 0.2
