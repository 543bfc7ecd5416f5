"""A word was added to the vocabulary after the checkpoint was written."""

import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, words, tags=3):
        super().__init__()
        self.embedding = nn.Embedding(words, 16)
        self.head = nn.Linear(16, tags)

    def forward(self, ids):
        return self.head(self.embedding(ids))


torch.manual_seed(0)
vocabulary = ["<pad>", "the", "cat", "sat"]
trained = Tagger(len(vocabulary))
torch.save(trained.state_dict(), "tagger.pt")

vocabulary.append("<mask>")
model = Tagger(len(vocabulary))
state = torch.load("tagger.pt", weights_only=True)
model.load_state_dict(state)

ids = torch.tensor([[1, 2, 3, 0]])
assert torch.equal(model(ids), trained(ids)), "the old words were not taken over"
assert model(torch.tensor([vocabulary.index("<mask>")])).shape == (1, 3)
