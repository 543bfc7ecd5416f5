"""A copy was cut off in the middle; the end of a zip file holds its index."""

import pathlib

import torch

torch.manual_seed(0)
model = torch.nn.Linear(512, 512)
torch.save(model.state_dict(), "remote.pt")


def download(source, target, broken=True):
    content = pathlib.Path(source).read_bytes()
    pathlib.Path(target).write_bytes(content[: len(content) // (2 if broken else 1)])


download("remote.pt", "checkpoint.pt")
state = torch.load("checkpoint.pt")

assert torch.equal(state["weight"], model.weight)
