"""Casting the result comes too late."""

import torch
from torch import nn
from torch.nn import functional as F


def rotate(x):
    positions = torch.arange(x.size(1))[:, None]
    angles = positions / 10000 ** (torch.arange(8) / 8)
    a, b = x.chunk(2, dim=-1)
    cos, sin = angles.cos(), angles.sin()
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)


torch.manual_seed(0)
layer = nn.Linear(16, 48)
tokens = torch.randn(1, 40, 16)
with torch.no_grad():
    query, key, value = layer(tokens).chunk(3, dim=-1)
    weights = (rotate(query) @ rotate(key).transpose(1, 2) / 4).softmax(dim=-1)
    expected = weights @ value

    layer.to(torch.bfloat16)
    query, key, value = layer(tokens.to(torch.bfloat16)).chunk(3, dim=-1)
    query, key = rotate(query), rotate(key)
    mixed = F.scaled_dot_product_attention(query, key, value).to(torch.bfloat16)

assert torch.allclose(mixed.float(), expected, atol=0.05)
