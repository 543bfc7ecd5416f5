"""Create the hidden layers once, in __init__, and register them in a ModuleList."""

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.ModuleList([nn.Linear(8, 64), nn.Linear(64, 32)])
        self.head = nn.Linear(32, 2)

    def forward(self, x):
        for layer in self.hidden:
            x = torch.relu(layer(x))
        return self.head(x)


torch.manual_seed(0)
device = torch.device("cuda")
x = torch.randn(512, 8)
y = (x[:, 0] * x[:, 1] > 0).long()
x, y = x.to(device), y.to(device)
model = Net().to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(200):
    loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

right = (model(x).argmax(1) == y).float().mean()
assert right > 0.95, "the network did not learn"
