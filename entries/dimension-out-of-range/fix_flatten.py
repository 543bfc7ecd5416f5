"""flatten(1) keeps the batch dimension whatever its size."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
images = torch.randn(17, 3, 8, 8)
labels = images.mean(dim=(2, 3)).argmax(dim=1)
loader = DataLoader(TensorDataset(images, labels), batch_size=8)
model = nn.Sequential(nn.Conv2d(3, 3, 1), nn.AdaptiveAvgPool2d(1))
with torch.no_grad():
    model[0].weight.copy_(torch.eye(3)[:, :, None, None])
    model[0].bias.zero_()

correct = total = 0
for batch, target in loader:
    logits = model(batch).flatten(1)
    predicted = logits.argmax(dim=1)
    correct += (predicted == target).sum().item()
    total += len(target)

assert correct == total == 17
