"""A tensor of the right size, filled as far as the text goes."""

import torch

torch.manual_seed(0)
length = 16
texts = [torch.arange(5), torch.arange(20)]

rows = []
for text in texts:
    row = torch.zeros(length, dtype=torch.long)
    size = min(length, len(text))
    row[:size] = text[:size]
    rows.append(row)
batch = torch.stack(rows)

assert batch.shape == (2, length)
assert batch[0, 5:].eq(0).all() and torch.equal(batch[1], texts[1][:length])
