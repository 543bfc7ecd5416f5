"""A letter of its own is summed over: one score for all heads of the key."""

import torch

torch.manual_seed(0)
batch, heads, queries, keys, size = 2, 4, 6, 7, 8
q = torch.randn(batch, heads, queries, size)
k = torch.randn(batch, keys, heads, size)

scores = torch.einsum("bhqd,bkxd->bhqk", q, k)

assert scores.shape == (batch, heads, queries, keys)
summed = q[1, 2, 3] @ k[1, 4].sum(dim=0)
assert torch.allclose(scores[1, 2, 3, 4], summed, atol=1e-4), "heads are kept"
