"""The result of a subtraction is no leaf, and its grad stays None."""

import torch

torch.manual_seed(0)
inputs = torch.randn(32, 3)
target = inputs @ torch.tensor([1.0, -2.0, 0.5])
weight = torch.zeros(3, requires_grad=True)

first = None
for _ in range(50):
    loss = (inputs @ weight - target).pow(2).mean()
    first = first or loss.item()
    loss.backward()
    weight = weight - 0.1 * weight.grad

assert loss.item() < first / 100
assert weight.is_leaf and weight.requires_grad
