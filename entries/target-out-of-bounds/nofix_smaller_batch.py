"""Dead end: a smaller batch size; the label 5 arrives a little later."""

import torch
from torch import nn

torch.manual_seed(0)
labels = torch.arange(40) % 5 + 1
features = torch.randn(40, 5)
features[torch.arange(40), labels - 1] += 5

model = nn.Linear(5, 5)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(50):
    for x, y in zip(features.split(2), labels.split(2)):
        loss = criterion(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

predicted = model(features).argmax(1)
assert torch.equal(predicted, labels), "the labels were not learned"
