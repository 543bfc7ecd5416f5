"""One value for each argument of forward(): None for the number."""

import torch
from torch import nn


class ReverseGradient(torch.autograd.Function):
    @staticmethod
    def forward(ctx, features, strength):
        ctx.strength = strength
        return features.view_as(features)

    @staticmethod
    def backward(ctx, gradient):
        return -ctx.strength * gradient, None


torch.manual_seed(0)
inputs = torch.randn(16, 4)
domains = (torch.arange(16) % 2).float()[:, None]
encoder, classifier = nn.Linear(4, 8), nn.Linear(8, 1)
features = encoder(inputs)
scores = classifier(ReverseGradient.apply(features, 0.5))
nn.functional.binary_cross_entropy_with_logits(scores, domains).backward()

error = (scores.sigmoid() - domains).detach() / 16
expected = -0.5 * (error @ classifier.weight).T @ inputs
assert torch.allclose(encoder.weight.grad, expected, atol=1e-6)
assert torch.allclose(classifier.weight.grad, error.T @ features, atol=1e-6)
