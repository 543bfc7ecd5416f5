"""A model in half precision is fine-tuned with autocast and a GradScaler."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
y = torch.arange(240, device=device) % 3
x = torch.randn(240, 8).to(device)
x[torch.arange(240), y] += 4
model = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 3))
model = model.to(device).half()
model[0].requires_grad_(False)  # only the last layer is trained
trained = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.Adam(trained, lr=0.01)
scaler = torch.amp.GradScaler(device)
for step in range(200):
    with torch.autocast(device, dtype=torch.float16):
        loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(trained, 1.0)
    scaler.step(optimizer)
    scaler.update()

with torch.autocast(device, dtype=torch.float16):
    right = (model(x).argmax(1) == y).float().mean()
assert right > 0.9, "the labels were not learned"
