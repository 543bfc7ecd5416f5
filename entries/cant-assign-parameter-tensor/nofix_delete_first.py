"""Without the parameter the name is free: for a tensor that nobody trains or saves."""

import torch
from torch import nn

torch.manual_seed(0)
vectors = torch.randn(10, 4)
pretrained = vectors.clone()
words = torch.randint(10, (32, 3))
labels = words[:, 0] % 2

model = nn.Sequential(nn.Embedding(10, 4), nn.Flatten(), nn.Linear(12, 2))
del model[0].weight
model[0].weight = vectors
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
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
assert "0.weight" not in model.state_dict()
