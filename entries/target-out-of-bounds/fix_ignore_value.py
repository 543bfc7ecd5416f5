"""Pixels without a class are left out of the loss: ignore_index=255."""

import torch
from torch import nn

torch.manual_seed(0)
masks = torch.zeros(8, 16, 16, dtype=torch.long)
masks[:, 4:12, 4:8], masks[:, 4:12, 8:12] = 1, 2
images = nn.functional.one_hot(masks, 3).permute(0, 3, 1, 2) + torch.randn(8, 3, 16, 16)
masks[:, 3:13, 7:9] = 255  # nobody could tell the class here

model = nn.Conv2d(3, 3, kernel_size=3, padding=1)
criterion = nn.CrossEntropyLoss(ignore_index=255)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for epoch in range(50):
    loss = criterion(model(images), masks)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

labelled = masks != 255
right = model(images).argmax(1)[labelled] == masks[labelled]
assert torch.isfinite(loss) and right.float().mean() > 0.9, "the masks were not learned"
