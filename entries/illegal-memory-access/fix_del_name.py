"""Drop the name: the memory goes when the backward pass has used it."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
x = torch.randn(4096, 64, device="cuda")
y = 2 * x.sum(1, keepdim=True)
scale = nn.Parameter(torch.ones(64, device="cuda"))
last = nn.Linear(64, 1).cuda()
optimizer = torch.optim.Adam([scale, *last.parameters()], lr=0.05)
losses = []
for step in range(200):
    hidden = x * scale
    active = F.silu(hidden)
    del hidden  # autograd keeps what it needs, and no longer than it needs it
    loss = F.mse_loss(last(active), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < 0.5 * losses[0], "nothing was learned"
