"""cat() alone loses the rows, and the loss broadcasts or fails."""

import torch
from torch import nn

torch.manual_seed(0)
boxes = [torch.rand(4) for _ in range(6)]
model = nn.Linear(8, 4)
features = torch.randn(6, 8)

target = torch.cat(boxes)
loss = nn.functional.mse_loss(model(features), target)
loss.backward()

assert target.shape == (6, 4)
assert torch.equal(target[2], boxes[2])
