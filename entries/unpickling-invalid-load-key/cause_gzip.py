"""The checkpoint was packed with gzip, and the ending of its name was dropped."""

import gzip
import pathlib

import torch

torch.manual_seed(0)
model = torch.nn.Linear(4, 2)
torch.save(model.state_dict(), "weights.bin")
packed = gzip.compress(pathlib.Path("weights.bin").read_bytes(), mtime=0)

path = pathlib.Path("model.pt")
path.write_bytes(packed)
state = torch.load(path, weights_only=False)

assert torch.equal(state["weight"], model.weight)
