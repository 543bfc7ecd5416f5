"""Cutting the keys to as many as there are heads."""

import torch

torch.manual_seed(0)
batch, heads, queries, keys, size = 2, 4, 6, 7, 8
q = torch.randn(batch, heads, queries, size)
k = torch.randn(batch, keys, heads, size)

scores = torch.einsum("bhqd,bhkd->bhqk", q, k[:, :heads])

assert scores.shape == (batch, heads, queries, heads), "every key has a score"
