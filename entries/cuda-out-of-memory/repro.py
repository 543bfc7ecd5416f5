"""One batch is so large that its hidden layer alone is larger than the GPU."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
hidden = 16384
card = torch.cuda.get_device_properties(0).total_memory
rows = card // (4 * hidden) + 1  # four bytes each: the hidden layer outgrows the card
y = torch.arange(rows, device="cuda") % 2
x = torch.randn(rows, 64, device="cuda") + y[:, None]
model = nn.Sequential(nn.Linear(64, hidden), nn.ReLU(), nn.Linear(hidden, 2)).cuda()
optimizer = torch.optim.Adam(model.parameters(), lr=0.0001)
for step in range(10):
    loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    right = model(x[:1000]).argmax(1) == y[:1000]
assert int(right.sum()) > 900, "nothing was learned"
