"""torch.tensor in the place of from_numpy."""

import numpy as np
import torch
from torch import nn

rng = np.random.default_rng(0)
features = rng.normal(size=(64, 4)).astype(np.float32)
targets = features @ np.array([[1.0], [-2.0], [0.5], [3.0]], np.float32)

torch.manual_seed(0)
model = nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(200):
    x, y = torch.tensor(features), torch.tensor(targets)
    loss = (model(x) - y).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

weights = model.weight.detach().numpy()
assert np.allclose(weights, [[1.0, -2.0, 0.5, 3.0]], atol=0.01), weights
