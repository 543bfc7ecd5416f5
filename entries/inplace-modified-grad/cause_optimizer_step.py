"""A GAN steps the discriminator between the generator's forward and backward pass."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
generator = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))
discriminator = nn.Sequential(nn.Linear(1, 16), nn.ReLU(), nn.Linear(16, 1))
g_optimizer = torch.optim.Adam(generator.parameters(), lr=0.01)
d_optimizer = torch.optim.Adam(discriminator.parameters(), lr=0.01)
ones, zeros = torch.ones(64, 1), torch.zeros(64, 1)
judge = F.binary_cross_entropy_with_logits

for step in range(200):
    real, fake = torch.randn(64, 1) + 3, generator(torch.randn(64, 4))
    d_loss = judge(discriminator(real), ones) + judge(
        discriminator(fake.detach()), zeros
    )
    g_loss = judge(discriminator(fake), ones)
    d_optimizer.zero_grad()
    d_loss.backward()
    d_optimizer.step()
    g_optimizer.zero_grad()
    g_loss.backward()
    g_optimizer.step()

mean = generator(torch.randn(1000, 4)).mean()
assert mean > 2, "the generator did not find the real numbers around 3"
