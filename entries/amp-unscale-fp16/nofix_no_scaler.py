"""Dead end: half-precision weights break under Adam when nothing is scaled."""

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
for step in range(200):
    with torch.autocast(device, dtype=torch.float16):
        loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()

# In half precision the eps of Adam is zero, and so are small squared gradients.
broken = [not p.isfinite().all() for p in trained]
assert any(broken), "all trained weights are finite"
