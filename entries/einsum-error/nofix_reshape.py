"""reshape() to the expected sizes mixes steps with heads."""

import torch

torch.manual_seed(0)
batch, heads, queries, keys, size = 2, 4, 6, 7, 8
q = torch.randn(batch, heads, queries, size)
k = torch.randn(batch, keys, heads, size)

scores = torch.einsum("bhqd,bhkd->bhqk", q, k.reshape(batch, heads, keys, size))

assert scores.shape == (batch, heads, queries, keys)
right = q[1, 2, 3] @ k[1, 5, 2]
assert not torch.allclose(scores[1, 2, 3, 5], right, atol=1e-3), "heads are whole"
