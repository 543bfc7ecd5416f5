"""A checkpoint with 10 classes is loaded into a model with 12."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, classes, width=32):
        super().__init__()
        self.backbone = nn.Linear(8, width)
        self.head = nn.Linear(width, classes)

    def forward(self, x):
        return self.head(torch.relu(self.backbone(x)))


torch.manual_seed(0)
old = Net(classes=10)  # stands for the training that wrote the checkpoint
torch.save(old.state_dict(), "old.pt")

model = Net(classes=12)
state = torch.load("old.pt", weights_only=True)
model.load_state_dict(state)

x = torch.randn(4, 8)
assert torch.equal(model.backbone(x), old.backbone(x)), "backbone not taken over"
assert model(x).shape == (4, 12), "not the new number of classes"
