"""The metric is saved as a number of Python."""

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
trained = nn.Linear(8, 2)
accuracy = np.mean([0.7, 0.8, 0.9])
best = float(accuracy)
torch.save({"model": trained.state_dict(), "best": best}, "checkpoint.pt")

checkpoint = torch.load("checkpoint.pt")
model = nn.Linear(8, 2)
model.load_state_dict(checkpoint["model"])
x = torch.randn(4, 8)
assert torch.equal(model(x), trained(x)), "other weights were loaded"
assert checkpoint["best"] == accuracy, "another metric was loaded"
