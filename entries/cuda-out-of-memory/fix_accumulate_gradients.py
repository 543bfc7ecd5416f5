"""Add up the gradients of small parts, then take one step for the batch."""

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
    optimizer.zero_grad()
    for part, labels in zip(x.split(rows // 64), y.split(rows // 64)):
        loss = F.cross_entropy(model(part), labels, reduction="sum") / rows
        loss.backward()  # frees the activations of this part
    optimizer.step()

with torch.no_grad():
    right = model(x[:1000]).argmax(1) == y[:1000]
assert int(right.sum()) > 900, "nothing was learned"
