"""The clone is updated, and the parameter stays where it was."""

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
    updated = weight.clone()
    updated -= 0.1 * weight.grad
    weight.grad = None

assert loss.item() == first and weight.eq(0).all(), "the parameter moved"
