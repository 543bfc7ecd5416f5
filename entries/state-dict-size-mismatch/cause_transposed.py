"""Another framework stores a matrix as (in, out), Linear as (out, in)."""

import torch
from torch import nn

torch.manual_seed(0)
kernel = {"0": torch.randn(8, 16) / 4, "2": torch.randn(16, 3) / 4}
bias = {"0": torch.randn(16), "2": torch.randn(3)}


def original(x):  # what the other framework computes
    return torch.relu(x @ kernel["0"] + bias["0"]) @ kernel["2"] + bias["2"]


state = {f"{layer}.weight": value for layer, value in kernel.items()}
state.update({f"{layer}.bias": value for layer, value in bias.items()})
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 3))
model.load_state_dict(state)

x = torch.randn(4, 8)
assert torch.allclose(model(x), original(x), atol=1e-5), "other outputs"
