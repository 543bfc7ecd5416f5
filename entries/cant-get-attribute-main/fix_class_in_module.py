"""The class lives in a module that both programs import."""

import pathlib
import runpy
import sys

import torch

sys.path.insert(0, ".")
pathlib.Path("network.py").write_text("""
import torch


class Net(torch.nn.Linear):
    pass
""")
pathlib.Path("train.py").write_text("""
import torch
from network import Net

if __name__ == "__main__":
    torch.manual_seed(0)
    torch.save(Net(4, 2), "model.pt")
""")
runpy.run_path("train.py", run_name="__main__")

model = torch.load("model.pt", weights_only=False)

scores = model(torch.ones(4))
torch.manual_seed(0)
assert torch.equal(scores, torch.nn.Linear(4, 2)(torch.ones(4)))
