"""A new parameter after the optimizer: it goes on with the old one."""

import torch
from torch import nn

torch.manual_seed(0)
vectors = torch.randn(10, 4)
pretrained = vectors.clone()
words = torch.randint(10, (32, 3))
labels = words[:, 0] % 2

model = nn.Sequential(nn.Embedding(10, 4), nn.Flatten(), nn.Linear(12, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
model[0].weight = nn.Parameter(vectors)
first = model[0](words).detach()
losses = []
for _ in range(60):
    loss = nn.functional.cross_entropy(model(words), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert torch.equal(first, pretrained[words])
assert torch.equal(model[0].weight, pretrained), "the vectors were trained"
