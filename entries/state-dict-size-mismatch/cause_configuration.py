"""The checkpoint was trained with another width than the model that shall load it."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width=32, classes=10):
        super().__init__()
        self.stem, self.norm = nn.Linear(8, width), nn.BatchNorm1d(width)
        self.block = nn.Linear(width, width)
        self.head = nn.Linear(width, classes)

    def forward(self, x):
        x = torch.relu(self.norm(self.stem(x)))
        return self.head(torch.relu(self.block(x)))


torch.manual_seed(0)
trained = Net(width=64)  # stands for the training that wrote the checkpoint
torch.save(trained.state_dict(), "wide.pt")

state = torch.load("wide.pt", weights_only=True)
model = Net()
model.load_state_dict(state)

x = torch.randn(4, 8)
assert torch.allclose(model.eval()(x), trained.eval()(x)), "not the same model"
