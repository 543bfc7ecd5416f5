"""An attack on an image normalizes its channels in place, in a loop over the tensor."""

import torch
from torch import nn
from torch.nn.functional import interpolate

torch.manual_seed(0)
means, stds = [0.5, 0.4, 0.3], [0.2, 0.4, 0.8]
model = nn.Sequential(nn.Flatten(), nn.Linear(3 * 4 * 4, 2))
photo = torch.rand(1, 3, 8, 8, requires_grad=True)
label = torch.tensor([1])

image = interpolate(photo, size=4)
for channel, mean, std in zip(image[0], means, stds):
    channel.sub_(mean).div_(std)
scores = model(image)
nn.functional.cross_entropy(scores, label).backward()

error = (scores.softmax(dim=1) - torch.tensor([[0.0, 1.0]])).detach()
expected = (error @ model[1].weight).view(3, 16) / torch.tensor(stds)[:, None]
expected = expected.view(3, 4, 4)
assert torch.allclose(photo.grad[0, :, ::2, ::2], expected, atol=1e-6)
