"""Dead end: the parameters of the new model require gradients already."""

import torch
from torch import nn
from torch.nn import functional as F


def build():
    return nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 3)).to(device)


torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
y = torch.arange(240, device=device) % 3
x = torch.randn(240, 8).to(device)
x[torch.arange(240), y] += 4
pretrained = build().state_dict()
model = build()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
model = build()
model.load_state_dict(pretrained)
model.requires_grad_(True)
scaler = torch.amp.GradScaler(device)
for step in range(100):
    with torch.autocast(device, dtype=torch.float16):
        loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    scaler.scale(loss).backward()
    scaler.step(optimizer)
    scaler.update()

right = (model(x).argmax(1) == y).float().mean()
assert right > 0.9, "the labels were not learned"
