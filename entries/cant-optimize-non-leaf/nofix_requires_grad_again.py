"""It requires gradients already; that does not make it a leaf."""

import torch
from torch import nn

torch.manual_seed(0)
decoder = nn.Linear(8, 32).requires_grad_(False)
target = decoder(torch.randn(1, 8))

latent = torch.randn(1, 8, requires_grad=True) * 0.1
latent.requires_grad_(True)
optimizer = torch.optim.Adam([latent], lr=0.1)
losses = []
for _ in range(200):
    loss = nn.functional.mse_loss(decoder(latent), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < losses[0] / 100
