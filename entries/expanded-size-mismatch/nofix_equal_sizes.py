"""With as many samples as steps nothing is said, and queries are masked."""

import torch

torch.manual_seed(0)
batch, heads, steps = 5, 4, 5
scores = torch.randn(batch, heads, steps, steps)
padding = torch.zeros(batch, steps).bool()
padding[0, 3:] = True

mask = padding.expand(batch, heads, steps, steps)
weights = scores.masked_fill(mask, -torch.inf).softmax(dim=-1)

assert weights[0, :, 1:, 3:].gt(0).all(), "padding is masked"
assert weights[1, :, 0, 3:].eq(0).all()
