"""Merging attention heads: transpose() leaves a layout that view() cannot merge."""

import torch
from torch import nn

torch.manual_seed(0)
batch, steps, heads, size = 2, 5, 4, 8
qkv = nn.Linear(heads * size, 3 * heads * size)
out = nn.Linear(heads * size, heads * size)
tokens = torch.randn(batch, steps, heads * size)

query, key, value = (
    part.view(batch, steps, heads, size).transpose(1, 2)
    for part in qkv(tokens).chunk(3, dim=-1)
)
weights = (query @ key.transpose(-2, -1) / size**0.5).softmax(dim=-1)
mixed = weights @ value
merged = mixed.transpose(1, 2).view(batch, steps, heads * size)
result = out(merged)
result.sum().backward()

assert torch.equal(merged[0, 3, size : 2 * size], mixed[0, 1, 3])
assert qkv.weight.grad is not None
