"""Dead end: a model on the CPU does not tell torch.load where to put the tensors."""

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

use_cpu = True
model = nn.Linear(8, 2).to("cpu" if use_cpu else "cuda")
state = torch.load("checkpoint.pt")

model.load_state_dict(state)
x = torch.randn(4, 8)
assert model.weight.device.type == "cpu"
assert torch.equal(model(x), trained(x)), "other weights were loaded"
