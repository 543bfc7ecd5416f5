"""Dead end: layers of a plain list, moved by hand, are never trained."""

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = [nn.Linear(8, 64), nn.Linear(64, 32)]
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
model.hidden = [layer.to(device) for layer in model.hidden]
before = [layer.weight.clone() for layer in model.hidden]
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(200):
    loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

after = [layer.weight for layer in model.hidden]
assert all(map(torch.equal, before, after)), "the hidden layers were trained"
assert "hidden.0.weight" not in model.state_dict(), "they would be saved"
