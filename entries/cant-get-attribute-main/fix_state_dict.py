"""Saves numbers and names; this program builds the model itself."""

import pathlib
import runpy

import torch

pathlib.Path("train.py").write_text("""
import torch


class Net(torch.nn.Linear):
    pass


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.save(Net(4, 2).state_dict(), "model.pt")
""")
runpy.run_path("train.py", run_name="__main__")

model = torch.nn.Linear(4, 2)
model.load_state_dict(torch.load("model.pt"))

scores = model(torch.ones(4))
torch.manual_seed(0)
assert torch.equal(scores, torch.nn.Linear(4, 2)(torch.ones(4)))
