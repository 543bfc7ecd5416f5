"""Dead end: after the failed kernel, a correct step does not help this process."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
x = torch.randn(4096, 64, device="cuda")
y = 2 * x.sum(1, keepdim=True)
scale = nn.Parameter(torch.ones(64, device="cuda"))
last = nn.Linear(64, 1).cuda()
optimizer = torch.optim.Adam([scale, *last.parameters()], lr=0.05)


def train(free_early):
    losses = []
    for step in range(200):
        hidden = x * scale
        active = F.silu(hidden)
        if free_early:
            hidden.untyped_storage().resize_(0)
        loss = F.mse_loss(last(active), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


try:
    losses = train(free_early=True)
except RuntimeError as error:
    print("the first run ended with", type(error).__name__)

losses = train(free_early=False)  # this is right
assert losses[-1] < 0.5 * losses[0], "nothing was learned"
