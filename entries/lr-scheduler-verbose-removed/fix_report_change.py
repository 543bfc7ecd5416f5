"""Without the argument; the loop compares the rates itself."""

import torch
from torch import nn
from torch.optim.lr_scheduler import ReduceLROnPlateau

torch.manual_seed(0)
inputs = torch.randn(32, 4)
target = inputs.sum(dim=1, keepdim=True) + torch.randn(32, 1)
model = nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
scheduler = ReduceLROnPlateau(optimizer, factor=0.5, patience=2)
rates = scheduler.get_last_lr()

for epoch in range(60):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step(loss.item())
    if scheduler.get_last_lr()[0] != rates[-1]:
        rates += scheduler.get_last_lr()
        print(f"epoch {epoch}: learning rate {rates[-1]}")

assert len(rates) > 2
assert rates == [0.2 * 0.5**n for n in range(len(rates))]
