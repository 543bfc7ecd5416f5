"""The same step by scatter(), which is deterministic here."""

import torch
from torch import nn

torch.use_deterministic_algorithms(True)


class SegNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.encode = nn.Conv2d(3, 8, 3, padding=1)
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.decode = nn.Conv2d(8, 2, 3, padding=1)

    def forward(self, image):
        hidden, places = self.pool(torch.relu(self.encode(image)))
        empty = torch.zeros_like(image[:, :1]).expand(-1, 8, -1, -1).flatten(2)
        spread = empty.scatter(2, places.flatten(2), hidden.flatten(2))
        return self.decode(spread.unflatten(2, image.shape[2:]))


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
