"""A checkpoint of the bare model is loaded after the model was wrapped."""

import torch
from torch import nn

torch.manual_seed(0)
trained = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
torch.save(trained.state_dict(), "checkpoint.pt")

model = nn.DataParallel(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)))
state = torch.load("checkpoint.pt")
model.load_state_dict(state)

inputs = torch.randn(3, 4)
assert torch.equal(model.module(inputs), trained(inputs))
