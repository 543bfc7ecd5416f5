"""state_dict() copies nothing: it holds the very weights that are trained."""

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
        best, output = model.state_dict(), model(inputs).detach()

restored = Net()
restored.load_state_dict(best)
assert not torch.allclose(restored(inputs), output), "the weights were kept"
assert torch.equal(restored(inputs), model(inputs))
