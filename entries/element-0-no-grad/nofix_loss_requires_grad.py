"""Dead end: loss.requires_grad_(True) silences the error, and nothing trains."""

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
    loss = F.cross_entropy(model(x), y)
    loss.requires_grad_(True)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

assert head.weight.grad is None, "the head got a gradient"
assert torch.equal(head.weight, before), "the head moved"
