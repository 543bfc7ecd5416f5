"""Dead end: a default device for all also reaches the shuffling of the loader."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
torch.set_default_device("cuda")
labels = torch.arange(64) % 2
images = torch.randn(64, 3, 16, 16) + labels[:, None, None, None]
loader = DataLoader(TensorDataset(images, labels), batch_size=16, shuffle=True)
device = torch.device("cuda")
conv = nn.Sequential(nn.Conv2d(3, 8, kernel_size=3), nn.ReLU())
model = nn.Sequential(conv, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(20):
    correct = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        scores = model(images)
        loss = F.cross_entropy(scores, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        correct += int((scores.argmax(1) == labels).sum())

assert correct > 60, "the images were not learned"
