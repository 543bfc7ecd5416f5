"""Give the memory back to the driver before the first convolution."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
x = torch.randn(64, 3, 16, 16)
y = x.mean(1, keepdim=True)
x, y = x.cuda(), y.cuda()
model = nn.Conv2d(3, 1, 3, padding=1).cuda()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

cache = []  # keeps on the GPU as much as fits, in smaller and smaller blocks
for size in (2**30, 2**25, 2**20):
    try:
        while True:
            cache.append(torch.empty(size, dtype=torch.uint8, device="cuda"))
    except torch.cuda.OutOfMemoryError:
        print("no room for another block of", size, "bytes")
del cache
torch.cuda.empty_cache()  # cuDNN cannot use what PyTorch keeps reserved

losses = []
for step in range(100):
    loss = F.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < 0.1 * losses[0], "nothing was learned"
