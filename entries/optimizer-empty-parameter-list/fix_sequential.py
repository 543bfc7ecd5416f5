"""nn.Sequential registers the layers and calls them in order."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        steps = [nn.Linear(sizes[0], sizes[1])]
        for pair in zip(sizes[1:], sizes[2:]):
            steps += [nn.ReLU(), nn.Linear(*pair)]
        self.layers = nn.Sequential(*steps)

    def forward(self, x):
        return self.layers(x)


torch.manual_seed(0)
inputs = torch.randn(64, 4)
target = inputs.sum(dim=1, keepdim=True)
model = Net([4, 16, 16, 1])
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
losses = []
for _ in range(50):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < losses[0] / 10
assert len(model.state_dict()) == 6
