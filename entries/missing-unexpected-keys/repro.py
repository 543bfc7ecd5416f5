"""A checkpoint of a DataParallel model is loaded into the bare model."""

import torch
from torch import nn

torch.manual_seed(0)
trained = nn.DataParallel(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)))
torch.save(trained.state_dict(), "checkpoint.pt")

model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
state = torch.load("checkpoint.pt")
model.load_state_dict(state)

inputs = torch.randn(3, 4)
assert torch.equal(model(inputs), trained.module(inputs))
