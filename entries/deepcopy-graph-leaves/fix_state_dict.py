"""Only the weights are copied, into a model of their own."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 8)
        self.head = nn.Linear(8, 1)

    def forward(self, x):
        self.features = self.encoder(x).tanh()
        return self.head(self.features)


torch.manual_seed(0)
inputs = torch.randn(32, 4)
target = inputs.sum(dim=1, keepdim=True)
model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(30):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step == 9:
        best, output = Net(), model(inputs).detach()
        best.load_state_dict(model.state_dict())

assert torch.equal(best(inputs), output)
assert not torch.allclose(model(inputs), output)
