"""The average is kept in floats, and loading cuts the counter to an integer."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
average = {name: value.clone().float() for name, value in model.state_dict().items()}
expected = model[0].weight.detach().clone()

for step in range(10):
    loss = model(torch.randn(16, 4)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    for name, value in model.state_dict().items():
        average[name].mul_(0.9).add_(value, alpha=0.1)
    expected = 0.9 * expected + 0.1 * model[0].weight.detach()

model.load_state_dict(average)
assert torch.allclose(model[0].weight, expected)
assert model[1].num_batches_tracked.dtype == torch.int64
