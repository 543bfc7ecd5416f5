"""Dead end: enable_grad() records nothing where no input requires a gradient."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
backbone = nn.Sequential(nn.Linear(8, 16), nn.ReLU())
model = nn.Sequential(backbone, nn.Linear(16, 3))
for parameter in model.parameters():
    parameter.requires_grad = False

x = torch.randn(90, 8)
y = x[:, :3].argmax(1)
head = model[1]
before = head.weight.clone()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for step in range(100):
    with torch.enable_grad():
        loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

accuracy = (model(x).argmax(1) == y).float().mean()
assert not torch.equal(head.weight, before), "the head did not move"
assert accuracy > 0.7, "the model did not learn"
