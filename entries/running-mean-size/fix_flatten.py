"""All steps of all sequences are one large batch."""

import torch
from torch import nn

torch.manual_seed(0)
batch, steps, features = 4, 10, 32
sequences = torch.randn(batch, steps, features) * 3 + 5
norm = nn.BatchNorm1d(features)

normed = norm(sequences.flatten(0, 1)).view(batch, steps, features)
normed.sum().backward()

per_feature = normed.detach().reshape(-1, features)
assert normed.shape == sequences.shape
assert per_feature.mean(dim=0).abs().max() < 1e-4
