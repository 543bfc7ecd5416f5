"""torch.where() takes both branches and chooses for each sample."""

import torch


def clip(gradient, limit=1.0):
    norm = gradient.norm()
    return torch.where(norm > limit, gradient * (limit / norm), gradient)


torch.manual_seed(0)
gradients = torch.tensor([[3.0, 4.0], [0.3, 0.4]])
clipped = torch.vmap(clip)(gradients)

assert torch.allclose(clipped, torch.tensor([[0.6, 0.8], [0.3, 0.4]]))
