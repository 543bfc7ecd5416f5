"""Each image gets three channels before it leaves the dataset."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset

torch.manual_seed(0)
CHANNELS = [3, 3, 1, 3]


class Photos(Dataset):
    def __len__(self):
        return 80

    def __getitem__(self, i):
        label = i // 4 % 2
        image = torch.randn(CHANNELS[i % 4], 32, 32) + label
        image = image.expand(3, -1, -1)
        return image, label


loader = DataLoader(Photos(), batch_size=4)
model = nn.Sequential(nn.AdaptiveAvgPool2d(4), nn.Flatten(), nn.Linear(48, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
correct = 0
for images, labels in loader:
    logits = model(images)
    loss = F.cross_entropy(logits, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    correct += int((logits.argmax(1) == labels).sum())

assert correct > 60, "the photos were not seen or not learned"
