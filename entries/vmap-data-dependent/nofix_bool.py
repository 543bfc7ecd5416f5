"""bool() is what `if` calls anyway."""

import torch


def clip(gradient, limit=1.0):
    norm = gradient.norm()
    if bool(norm > limit):
        return gradient * (limit / norm)
    return gradient


torch.manual_seed(0)
gradients = torch.tensor([[3.0, 4.0], [0.3, 0.4]])
clipped = torch.vmap(clip)(gradients)

assert torch.allclose(clipped, torch.tensor([[0.6, 0.8], [0.3, 0.4]]))
