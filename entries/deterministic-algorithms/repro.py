"""Training steps of a small SegNet, all to be deterministic: MaxUnpool2d cannot be."""

import torch
from torch import nn

torch.use_deterministic_algorithms(True)


class SegNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.encode = nn.Conv2d(3, 8, 3, padding=1)
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.unpool = nn.MaxUnpool2d(2)
        self.decode = nn.Conv2d(8, 2, 3, padding=1)

    def forward(self, image):
        hidden, places = self.pool(torch.relu(self.encode(image)))
        return self.decode(self.unpool(hidden, places))


torch.manual_seed(0)
model = SegNet()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
image, target = torch.randn(1, 3, 8, 8), torch.randint(2, (1, 8, 8))

losses = []
for _ in range(5):
    loss = nn.functional.cross_entropy(model(image), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert losses[-1] < losses[0]
