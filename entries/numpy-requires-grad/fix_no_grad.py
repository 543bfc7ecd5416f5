"""Convert under no_grad(): where nothing is recorded, NumPy may have the data."""

import numpy as np
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
    with torch.no_grad():
        values = predictions.numpy()
    errors.append(np.abs(values - y.numpy()).mean())

assert len(errors) == 50 and errors[-1] < 0.1 < errors[0]
