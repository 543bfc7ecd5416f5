"""Short sentences are filled up with -1, which is no row of the table."""

import torch
from torch import nn
from torch.nn.utils.rnn import pad_sequence

torch.manual_seed(0)
vocabulary = {"<pad>": 0, "the": 1, "cat": 2, "sat": 3, "on": 4, "mat": 5}
PAD = -1
embedding = nn.Embedding(len(vocabulary), 8, padding_idx=0)
head = nn.Linear(8, 2)
optimizer = torch.optim.SGD([*embedding.parameters(), *head.parameters()], lr=0.1)

sentences = [["the", "cat", "sat"], ["mat"]]
ids = [torch.tensor([vocabulary[word] for word in words]) for words in sentences]
batch = pad_sequence(ids, batch_first=True, padding_value=PAD)
before = embedding.weight.detach().clone()
logits = head(embedding(batch).sum(dim=1))
loss = nn.functional.cross_entropy(logits, torch.tensor([0, 1]))
loss.backward()
optimizer.step()

assert logits.shape == (2, 2)
changed = (embedding.weight != before).any(dim=1)
assert changed.tolist() == [False, True, True, True, False, True]
