"""Save the memory with a checkpoint: hidden is computed a second time."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.checkpoint import checkpoint

torch.manual_seed(0)
x = torch.randn(4096, 64, device="cuda")
y = 2 * x.sum(1, keepdim=True)
scale = nn.Parameter(torch.ones(64, device="cuda"))
last = nn.Linear(64, 1).cuda()
optimizer = torch.optim.Adam([scale, *last.parameters()], lr=0.05)
losses = []
for step in range(200):
    active = checkpoint(lambda x: F.silu(x * scale), x, use_reentrant=False)
    loss = F.mse_loss(last(active), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < 0.5 * losses[0], "nothing was learned"
