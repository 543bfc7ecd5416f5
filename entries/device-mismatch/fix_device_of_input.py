"""Make new tensors on the device of the input."""

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.token, self.place = nn.Embedding(20, 16), nn.Embedding(6, 16)
        self.head = nn.Linear(6 * 16, 2)

    def forward(self, tokens):
        steps = torch.arange(tokens.shape[1], device=tokens.device)
        hidden = self.token(tokens) + self.place(steps)
        return self.head(torch.relu(hidden).flatten(1))


torch.manual_seed(0)
device = torch.device("cuda")
tokens = torch.randint(20, (256, 6)).to(device)
y = tokens[:, 0] % 2
model = Net().to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(100):
    loss = F.cross_entropy(model(tokens), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

right = (model(tokens).argmax(1) == y).float().mean()
assert right > 0.95, "the network did not learn"
