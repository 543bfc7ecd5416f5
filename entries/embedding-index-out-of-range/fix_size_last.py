"""Sizes the embedding once the vocabulary is complete."""

import torch
from torch import nn

torch.manual_seed(0)
vocabulary = {"the": 0, "cat": 1, "sat": 2, "on": 3, "mat": 4}
vocabulary["<pad>"] = len(vocabulary)
embedding = nn.Embedding(len(vocabulary), 8)
head = nn.Linear(8, 2)
optimizer = torch.optim.SGD([*embedding.parameters(), *head.parameters()], lr=0.1)

sentences = [["the", "cat", "sat"], ["on", "mat", "<pad>"]]
ids = torch.tensor([[vocabulary[word] for word in words] for words in sentences])
before = embedding.weight.detach().clone()
logits = head(embedding(ids).mean(dim=1))
loss = nn.functional.cross_entropy(logits, torch.tensor([0, 1]))
loss.backward()
optimizer.step()

assert logits.shape == (2, 2)
assert not torch.equal(before, embedding.weight)
