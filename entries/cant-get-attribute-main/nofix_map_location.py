"""map_location is about devices."""

import pathlib
import runpy

import torch

pathlib.Path("train.py").write_text("""
import torch


class Net(torch.nn.Linear):
    pass


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.save(Net(4, 2), "model.pt")
""")
runpy.run_path("train.py", run_name="__main__")

model = torch.load("model.pt", weights_only=False, map_location="cpu")

scores = model(torch.ones(4))
torch.manual_seed(0)
assert torch.equal(scores, torch.nn.Linear(4, 2)(torch.ones(4)))
