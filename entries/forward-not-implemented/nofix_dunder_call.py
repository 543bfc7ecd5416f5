"""A __call__() of one's own takes the place of the one that runs hooks."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 16)
        self.output = nn.Linear(16, 1)

    def __call__(self, x):
        return self.output(self.hidden(x).relu())


torch.manual_seed(0)
inputs = torch.randn(64, 4)
target = inputs.sum(dim=1, keepdim=True)
model = Net()
shapes = []
model.register_forward_hook(lambda net, x, y: shapes.append(y.shape))
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
losses = []
for _ in range(50):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < losses[0] / 10
assert shapes == [], "the hook was called"
