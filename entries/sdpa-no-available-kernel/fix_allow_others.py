"""Allow the other kernels, too, in the order of preference."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

ALLOWED = [SDPBackend.FLASH_ATTENTION, SDPBackend.EFFICIENT_ATTENTION]
ALLOWED += [SDPBackend.MATH]


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(64, 192)
        self.out = nn.Linear(64, 64)

    def forward(self, x):
        q, k, v = self.qkv(x).view(8, 32, 3, 4, 16).permute(2, 0, 3, 1, 4)
        with sdpa_kernel(ALLOWED):
            x = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(x.transpose(1, 2).reshape(8, 32, 64))


torch.manual_seed(0)
x = torch.randn(8, 32, 64, device="cuda")
y = torch.roll(x, 1, dims=1)  # each position asks for the one before it
model = Block().cuda()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
losses = []
for step in range(60):
    loss = F.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < 0.95 * losses[0], losses
