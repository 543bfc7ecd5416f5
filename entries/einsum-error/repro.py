"""The keys have their heads in the third place, and the equation says the second."""

import torch

torch.manual_seed(0)
batch, heads, queries, keys, size = 2, 4, 6, 7, 8
q = torch.randn(batch, heads, queries, size)
k = torch.randn(batch, keys, heads, size)

scores = torch.einsum("bhqd,bhkd->bhqk", q, k)

assert scores.shape == (batch, heads, queries, keys)
assert torch.allclose(scores[1, 2, 3, 4], q[1, 2, 3] @ k[1, 4, 2], atol=1e-5)
