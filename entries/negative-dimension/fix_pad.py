"""pad() cuts where its argument is negative."""

import torch

torch.manual_seed(0)
length = 16
texts = [torch.arange(5), torch.arange(20)]

rows = []
for text in texts:
    rows.append(torch.nn.functional.pad(text, (0, length - len(text))))
batch = torch.stack(rows)

assert batch.shape == (2, length)
assert batch[0, 5:].eq(0).all() and torch.equal(batch[1], texts[1][:length])
