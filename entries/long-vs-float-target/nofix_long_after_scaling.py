"""Dead end: long() on labels that were scaled to 0..1 cuts them down to 0."""

import torch
from torch import nn

torch.manual_seed(0)
# As from a CSV file: four measurements and the class 0.0, 1.0 or 2.0 in each row.
table = torch.randn(30, 5)
table[:, 4] = torch.arange(30) % 3
table[torch.arange(30), torch.arange(30) % 3] += 5

# A transform made for images has scaled the labels as well: 0, 1/255, 2/255.
features, labels = table[:, :4], table[:, 4] / 255
model = nn.Linear(4, 3)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(50):
    loss = criterion(model(features), labels.long())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

predicted = model(features).argmax(1)
assert labels.long().eq(0).all(), "some labels survived"
assert predicted.eq(0).all(), "something else than class 0 was predicted"
