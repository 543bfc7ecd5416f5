"""Loads what is there, and makes sure that only the new head is missing."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, heads):
        super().__init__()
        self.backbone = nn.Linear(4, 8)
        self.heads = nn.ModuleList(nn.Linear(8, 2) for _ in range(heads))

    def forward(self, x):
        return [head(torch.relu(self.backbone(x))) for head in self.heads]


torch.manual_seed(0)
trained = Net(heads=1)
torch.save(trained.state_dict(), "checkpoint.pt")

model = Net(heads=2)
state = torch.load("checkpoint.pt")
missing, unexpected = model.load_state_dict(state, strict=False)
assert set(missing) == {"heads.1.weight", "heads.1.bias"}, missing
assert not unexpected, unexpected

inputs = torch.randn(3, 4)
assert torch.equal(model(inputs)[0], trained(inputs)[0])
