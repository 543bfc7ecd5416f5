"""Without workers no process is started."""

import pathlib
import subprocess
import sys

import torch

pathlib.Path("train.py").write_text("""
import torch
from torch import nn
from torch.utils.data import DataLoader

torch.manual_seed(0)
x = torch.randn(64, 4)
loader = DataLoader(x, batch_size=8, num_workers=0)
model = nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
for batch in loader:
    loss = (model(batch) - batch.sum(1, keepdim=True)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
torch.save(loss.item(), "loss.pt")
""")
failed = subprocess.run([sys.executable, "train.py"]).returncode
if failed:
    sys.exit(failed)

assert torch.load("loss.pt") < 0.5
