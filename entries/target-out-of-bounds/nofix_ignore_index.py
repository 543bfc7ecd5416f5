"""Dead end: ignore_index=5 leaves every sample of class 5 out of training."""

import torch
from torch import nn

torch.manual_seed(0)
labels = torch.arange(40) % 5 + 1
features = torch.randn(40, 5)
features[torch.arange(40), labels - 1] += 5

model = nn.Linear(5, 5)
criterion = nn.CrossEntropyLoss(ignore_index=5)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(50):
    for x, y in zip(features.split(20), labels.split(20)):
        loss = criterion(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

predicted = model(features).argmax(1)
assert not predicted[labels == 5].eq(5).any(), "class 5 was found after all"
assert predicted[labels < 5].eq(labels[labels < 5]).all(), "the rest was not learned"
