"""None puts an axis of size one where heads and queries belong."""

import torch

torch.manual_seed(0)
batch, heads, steps = 2, 4, 5
scores = torch.randn(batch, heads, steps, steps)
padding = torch.tensor([[0, 0, 0, 1, 1], [0, 0, 0, 0, 0]]).bool()

mask = padding[:, None, None, :].expand(batch, heads, steps, steps)
weights = scores.masked_fill(mask, -torch.inf).softmax(dim=-1)

assert weights[0, :, :, 3:].eq(0).all()
assert weights[1].gt(0).all()
