"""A clone from a forward hook: the view is made after it."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(
    nn.Conv2d(3, 4, 3),
    nn.ReLU(inplace=True),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(4, 2),
)
gradients = []
model[0].register_forward_hook(lambda m, i, o: o.clone())
model[0].register_full_backward_hook(lambda m, i, o: gradients.append(o[0]))
image = torch.rand(1, 3, 8, 8)
score = model(image)[0, 1]
score.backward()

active = (model[0](image) > 0).float()
expected = active * model[4].weight[1].view(1, 4, 1, 1) / 36
assert len(gradients) == 1
assert torch.allclose(gradients[0], expected)
