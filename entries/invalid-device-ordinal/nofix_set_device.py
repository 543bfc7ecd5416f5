"""Dead end: set_device(0) does not reach tensors that are sent to cuda:1."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
torch.cuda.set_device(0)
device = torch.device("cuda:1" if torch.cuda.is_available() else "cpu")
x = torch.randn(400, 8)
y = (x.sum(1) > 0).long()
x, y = x.to(device), y.to(device)
model = nn.Linear(8, 2).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
for step in range(50):
    loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

right = (model(x).argmax(1) == y).float().mean()
assert model.weight.is_cuda, "it did not run on the GPU"
assert right > 0.95, "the labels were not learned"
