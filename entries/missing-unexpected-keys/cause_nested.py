"""The file holds a whole training state; the weights are one entry of it."""

import torch
from torch import nn

torch.manual_seed(0)
trained = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
optimizer = torch.optim.Adam(trained.parameters())
training = {
    "epoch": 12,
    "model": trained.state_dict(),
    "optimizer": optimizer.state_dict(),
}
torch.save(training, "checkpoint.pt")

model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
checkpoint = torch.load("checkpoint.pt")
model.load_state_dict(checkpoint)

inputs = torch.randn(3, 4)
assert torch.equal(model(inputs), trained(inputs))
