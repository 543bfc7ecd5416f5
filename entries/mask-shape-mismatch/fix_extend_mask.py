"""The mask gets an entry for the class token, in front."""

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(20, 8)
        self.class_token = nn.Parameter(torch.zeros(1, 1, 8))

    def forward(self, tokens):
        first = self.class_token.expand(len(tokens), 1, 8)
        return torch.cat([first, self.embedding(tokens)], dim=1)


torch.manual_seed(0)
encoder = Encoder()
tokens = torch.tensor([[5, 3, 9, 0, 0, 0], [7, 2, 8, 4, 1, 0]])
mask = tokens != 0
hidden = encoder(tokens)
front = torch.zeros(len(tokens), 1, dtype=torch.bool)
mask = torch.cat([front, mask], dim=1)
words = hidden[mask]
words.mean().backward()

wanted = encoder.embedding(torch.tensor([5, 3, 9, 7, 2, 8, 4, 1]))
assert torch.equal(words, wanted)
assert encoder.embedding.weight.grad is not None
