"""Dead end: clamping the labels silently turns class 5 into class 4."""

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
    for x, y in zip(features.split(20), labels.split(20)):
        loss = criterion(model(x), y.clamp(max=4))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

predicted = model(features).argmax(1)
assert predicted[labels == 5].eq(4).all(), "class 5 was told from class 4"
