"""A size is computed, and for a long text it is less than zero."""

import torch

torch.manual_seed(0)
length = 16
texts = [torch.arange(5), torch.arange(20)]

rows = []
for text in texts:
    padding = torch.zeros(length - len(text), dtype=torch.long)
    rows.append(torch.cat([text, padding]))
batch = torch.stack(rows)

assert batch.shape == (2, length)
assert batch[0, 5:].eq(0).all() and torch.equal(batch[1], texts[1][:length])
