"""view() without the transpose runs, and mixes steps with heads."""

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
merged = mixed.view(batch, steps, heads * size)
result = out(merged)
result.sum().backward()

assert not torch.equal(merged[0, 3, size : 2 * size], mixed[0, 1, 3])
assert torch.equal(merged[0, 0, size : 2 * size], mixed[0, 0, 1]), "steps are whole"
