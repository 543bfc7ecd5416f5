"""Saves the weights, and builds the model before they are loaded."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(8, 2)

    def forward(self, x):
        return torch.relu(self.layer(x))


torch.manual_seed(0)
trained = Net()
torch.save(trained.state_dict(), "model.pt")

model = Net()
model.load_state_dict(torch.load("model.pt"))
x = torch.randn(4, 8)
assert torch.equal(model(x), trained(x)), "other weights were loaded"
