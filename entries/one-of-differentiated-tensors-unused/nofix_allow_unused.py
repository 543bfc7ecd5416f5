"""allow_unused=True alone moves the error to where the gradients are used."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(4, 16)
        self.head = nn.Linear(16, 1)
        self.projection = nn.Linear(16, 8)  # for pretraining only

    def forward(self, x):
        return self.head(self.body(x).tanh())


torch.manual_seed(0)
inputs = torch.randn(64, 4)
target = inputs.sum(dim=1, keepdim=True)
model = Net()
parameters = list(model.parameters())
before = model.projection.weight.clone()
losses = []
for _ in range(50):
    loss = nn.functional.mse_loss(model(inputs), target)
    gradients = torch.autograd.grad(loss, parameters, allow_unused=True)
    with torch.no_grad():
        for parameter, gradient in zip(parameters, gradients):
            parameter -= 0.1 * gradient
    losses.append(loss.item())

assert losses[-1] < losses[0] / 5
assert torch.equal(model.projection.weight, before)
