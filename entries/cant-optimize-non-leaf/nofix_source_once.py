"""The leaf is optimized, and the tensor made from it is not made again."""

import torch
from torch import nn

torch.manual_seed(0)
decoder = nn.Linear(8, 32).requires_grad_(False)
target = decoder(torch.randn(1, 8))

raw = torch.randn(1, 8, requires_grad=True)
latent = raw * 0.1
optimizer = torch.optim.Adam([raw], lr=1.0)
losses = []
for _ in range(200):
    loss = nn.functional.mse_loss(decoder(latent), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < losses[0] / 100
