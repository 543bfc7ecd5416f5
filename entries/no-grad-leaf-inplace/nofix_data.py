""".data hides a change from autograd, even one that spoils the gradient."""

import torch

torch.manual_seed(0)
inputs = torch.randn(32, 3)
target = inputs @ torch.tensor([1.0, -2.0, 0.5])
weight = torch.zeros(3, requires_grad=True)

for _ in range(50):
    loss = (inputs @ weight - target).pow(2).mean() + weight.pow(4).sum()
    (right,) = torch.autograd.grad(loss, weight, retain_graph=True)
    weight.data += 1
    loss.backward()
    break

assert not torch.allclose(weight.grad, right), "the gradient is right"
