"""Convert the labels once, where they are loaded, and check that nothing is lost."""

import torch
from torch import nn

torch.manual_seed(0)
# As from a CSV file: four measurements and the class 0.0, 1.0 or 2.0 in each row.
table = torch.randn(30, 5)
table[:, 4] = torch.arange(30) % 3
table[torch.arange(30), torch.arange(30) % 3] += 5

features, labels = table[:, :4], table[:, 4]
classes = labels.long()
assert torch.equal(classes.to(labels.dtype), labels), "labels are not whole numbers"
labels = classes
model = nn.Linear(4, 3)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(50):
    loss = criterion(model(features), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

predicted = model(features).argmax(1)
assert torch.equal(predicted, torch.arange(30) % 3), "the classes were not learned"
