"""A checkpoint saved from a GPU is loaded on a machine without one."""

import torch
from torch import nn


def save_as_if_on_gpu(model, path):
    # Writes the tag "cuda:0" beside each tensor, as torch.save does for GPU tensors.
    original = torch.serialization.location_tag
    torch.serialization.location_tag = lambda storage: "cuda:0"
    torch.save(model.state_dict(), path)
    torch.serialization.location_tag = original


torch.manual_seed(0)
trained = nn.Linear(8, 2)
save_as_if_on_gpu(trained, "checkpoint.pt")

state = torch.load("checkpoint.pt")

model = nn.Linear(8, 2)
model.load_state_dict(state)
x = torch.randn(4, 8)
assert model.weight.device.type == "cpu"
assert torch.equal(model(x), trained(x)), "other weights were loaded"
