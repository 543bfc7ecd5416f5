"""A small module that keeps the order of a sequence model."""

import torch
from torch import nn


class SequenceNorm(nn.BatchNorm1d):
    def forward(self, x):
        return super().forward(x.transpose(1, 2)).transpose(1, 2)


torch.manual_seed(0)
batch, steps, features = 4, 10, 32
sequences = torch.randn(batch, steps, features) * 3 + 5
norm = SequenceNorm(features)

normed = norm(sequences)
normed.sum().backward()

per_feature = normed.detach().reshape(-1, features)
assert normed.shape == sequences.shape
assert per_feature.mean(dim=0).abs().max() < 1e-4
