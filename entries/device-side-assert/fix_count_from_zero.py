"""Give the loss classes 0 to 9, and add the one again to what is predicted."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
labels = torch.arange(640) % 10 + 1
features = torch.randn(640, 20)
features[torch.arange(640), labels] += 5


def train(labels):
    losses = []
    model = nn.Linear(20, 10).cuda()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(20):
        for x, y in zip(features.split(64), labels.split(64)):
            loss = F.cross_entropy(model(x.cuda()), y.cuda())
            losses.append(loss.item())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    assert losses[-1] < losses[0], "the loss did not fall"
    return model


model = train(labels - 1)
predicted = model(features.cuda()).argmax(1).cpu() + 1
right = (predicted == labels).float().mean()
assert right > 0.95, "the labels were not learned"
