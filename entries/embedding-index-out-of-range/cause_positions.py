"""A text has more tokens than the table of positions has rows."""

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, words=100, longest=16, size=8):
        super().__init__()
        self.words = nn.Embedding(words, size)
        self.positions = nn.Embedding(longest, size)
        self.layer = nn.TransformerEncoderLayer(size, nhead=2, batch_first=True)

    def forward(self, ids):
        places = torch.arange(ids.shape[1])
        return self.layer(self.words(ids) + self.positions(places)).mean(dim=1)


torch.manual_seed(0)
model = Encoder()
text = torch.randint(0, 100, (1, 20))
output = model(text)
output.sum().backward()

assert output.shape == (1, 8) and torch.isfinite(output).all()
assert model.positions.weight.grad is not None
