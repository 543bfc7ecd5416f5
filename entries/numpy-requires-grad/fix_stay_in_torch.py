"""Compute the metric in torch and take one number out of it."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.linspace(-1, 1, 64).unsqueeze(1)
y = 3 * x + 1
model = nn.Linear(1, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
errors = []
for epoch in range(50):
    predictions = model(x)
    loss = (predictions - y).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    errors.append((predictions - y).abs().mean().item())

assert len(errors) == 50 and errors[-1] < 0.1 < errors[0]
