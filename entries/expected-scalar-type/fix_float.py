"""float() converts the tensor to the type of the weights."""

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
table = np.random.default_rng(0).normal(size=(32, 6))
features = torch.from_numpy(table).float()
labels = torch.randint(0, 3, (32,))
model = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)

losses = []
for _ in range(50):
    loss = nn.functional.cross_entropy(model(features), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < 0.8 * losses[0]
