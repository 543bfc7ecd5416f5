"""Autocast computes in bfloat16, which needs no GradScaler."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
y = torch.arange(240, device=device) % 3
x = torch.randn(240, 8).to(device)
x[torch.arange(240), y] += 4
model = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 3))
model = model.to(device)
model[0].requires_grad_(False)  # only the last layer is trained
trained = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.Adam(trained, lr=0.01)
for step in range(200):
    with torch.autocast(device, dtype=torch.bfloat16):
        loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()

with torch.autocast(device, dtype=torch.bfloat16):
    right = (model(x).argmax(1) == y).float().mean()
assert right > 0.9, "the labels were not learned"
