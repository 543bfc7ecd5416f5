"""A slice that lies outside is empty, and nothing is written."""

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Clips(Dataset):
    tags = [[1, 3], [2], [4], [3, 5], [1, 5], [2, 4]]

    def __len__(self):
        return len(self.tags)

    def __getitem__(self, index):
        target = torch.zeros(5)
        for tag in self.tags[index]:
            target[tag : tag + 1] = 1.0
        return torch.full((4,), float(index)), target


torch.manual_seed(0)
model = nn.Linear(4, 5)
counts = torch.zeros(5)
for features, targets in DataLoader(Clips(), batch_size=3):
    loss = nn.functional.binary_cross_entropy_with_logits(model(features), targets)
    loss.backward()
    counts += targets.sum(dim=0)

assert counts.tolist() == [0, 2, 2, 2, 2], "tag 5 is lost"
