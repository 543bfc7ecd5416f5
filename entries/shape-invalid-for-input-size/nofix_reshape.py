"""reshape() needs the number of elements to fit as well."""

import torch
from torch import nn
from torch.nn import functional as F


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.linear = nn.Linear(16 * 5 * 5, 10)

    def forward(self, x):
        x = F.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = F.max_pool2d(torch.relu(self.conv2(x)), 2)
        x = x.reshape(-1, 16 * 5 * 5)
        return self.linear(x)


torch.manual_seed(0)
model = LeNet()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
images = torch.randn(4, 3, 224, 224)
labels = torch.tensor([3, 1, 4, 1])
losses = []
for step in range(5):
    logits = model(images)
    loss = F.cross_entropy(logits, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert logits.shape == (4, 10) and losses[-1] < losses[0]
