"""Dead end: the default device is for new tensors, not for loaded ones."""

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

torch.set_default_device("cpu")
state = torch.load("checkpoint.pt")

model = nn.Linear(8, 2)
model.load_state_dict(state)
x = torch.randn(4, 8)
assert model.weight.device.type == "cpu"
assert torch.equal(model(x), trained(x)), "other weights were loaded"
