"""The same work by torch's own operations, which are compiled already."""

import torch

values = torch.tensor([1.0, 2.0, 3.0])
values.mul_(2)

assert values.tolist() == [2.0, 4.0, 6.0]
