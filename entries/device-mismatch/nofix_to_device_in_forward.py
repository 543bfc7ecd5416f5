"""Dead end: moved to the GPU in forward, the layers are new at every call."""

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(32, 2)

    def forward(self, x):
        for width in (64, 32):
            x = torch.relu(nn.Linear(x.shape[1], width).to(x.device)(x))
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

first, second = model(x), model(x)
assert len(list(model.parameters())) == 2, "only the head can be trained"
assert not torch.allclose(first, second), "one input, two different answers"
