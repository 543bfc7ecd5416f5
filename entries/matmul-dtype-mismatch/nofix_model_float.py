"""float() on the model does not reach a tensor outside of it."""

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
measured = np.random.default_rng(0).normal(size=(200, 6))
_, _, axes = np.linalg.svd(measured - measured.mean(axis=0), full_matrices=False)
projection = torch.from_numpy(axes[:3].T.copy())
features = torch.tensor(measured, dtype=torch.float32)
targets = features[:, :1]
model = nn.Linear(3, 1).float()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

losses = []
for step in range(20):
    reduced = features @ projection
    loss = (model(reduced) - targets).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

expected = torch.from_numpy(measured @ axes[:3].T).float()
assert torch.allclose(reduced, expected, atol=1e-4) and reduced.dtype == torch.float32
assert losses[-1] < losses[0]
