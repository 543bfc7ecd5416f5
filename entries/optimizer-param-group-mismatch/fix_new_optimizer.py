"""The weights are loaded, and the optimizer starts afresh."""

import torch
from torch import nn


def train(model, optimizer):
    for _ in range(30):
        loss = nn.functional.mse_loss(model(inputs), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


torch.manual_seed(0)
inputs = torch.randn(64, 8)
target = inputs.roll(1, dims=1)
model = nn.Sequential(nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 8))
optimizer = torch.optim.Adam(model[2].parameters(), lr=0.01)
loss = train(model, optimizer)
state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
torch.save(state, "checkpoint.pt")

checkpoint = torch.load("checkpoint.pt")
resumed = nn.Sequential(nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 8))
resumed.load_state_dict(checkpoint["model"])
optimizer = torch.optim.Adam(resumed.parameters(), lr=0.01)

assert torch.equal(resumed[2].weight, model[2].weight)
assert train(resumed, optimizer) < 0.8 * loss
