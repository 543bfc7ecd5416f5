"""map_location says where tensors go; there is none to read."""

import pathlib

import torch

torch.manual_seed(0)
model = torch.nn.Linear(512, 512)
torch.save(model.state_dict(), "remote.pt")


def download(source, target, broken=True):
    content = pathlib.Path(source).read_bytes()
    pathlib.Path(target).write_bytes(content[: len(content) // (2 if broken else 1)])


download("remote.pt", "checkpoint.pt")
state = torch.load("checkpoint.pt", map_location="cpu")

assert torch.equal(state["weight"], model.weight)
