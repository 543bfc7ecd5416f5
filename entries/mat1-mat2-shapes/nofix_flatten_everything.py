"""Dead end: flatten() without a start dimension swallows the batch too."""

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, kernel_size=3, padding=1)
        self.pool = nn.MaxPool2d(2)
        # Counted for 32x32 images: 8 channels of 16x16 after the pooling.
        self.fc = nn.Linear(8 * 16 * 16, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv(x)))
        x = torch.flatten(x)
        return self.fc(x)


torch.manual_seed(0)
images, labels = torch.randn(16, 3, 64, 64), torch.arange(16) % 10
model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(30):
    loss = F.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

predicted = model(images).argmax(1)
assert torch.equal(predicted, labels), "the batch was not learned"
