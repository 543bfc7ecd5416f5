"""strict=False: no name fits, so nothing is loaded."""

import torch
from torch import nn

torch.manual_seed(0)
trained = nn.DataParallel(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)))
torch.save(trained.state_dict(), "checkpoint.pt")

model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
state = torch.load("checkpoint.pt")
before = model[0].weight.detach().clone()
model.load_state_dict(state, strict=False)

assert torch.equal(before, model[0].weight), "something was loaded"
