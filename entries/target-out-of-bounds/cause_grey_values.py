"""Masks of three classes are saved as grey pictures: 0, 128 and 255."""

import torch
from torch import nn

torch.manual_seed(0)
classes = torch.zeros(8, 16, 16, dtype=torch.long)
classes[:, 4:12, 4:8], classes[:, 4:12, 8:12] = 1, 2
images = nn.functional.one_hot(classes, 3).permute(0, 3, 1, 2)
images = images + torch.randn(8, 3, 16, 16)
grey = torch.tensor([0, 128, 255])
pictures = grey[classes].byte()  # what is read from the files

masks = pictures.long()
model = nn.Conv2d(3, 3, kernel_size=3, padding=1)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for epoch in range(50):
    loss = criterion(model(images), masks)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

right = grey[model(images).argmax(1)] == pictures
assert right.float().mean() > 0.9, "the masks were not learned"
