"""Each worker opens a slow archive at its first sample, and the loader gives up."""

import time

import torch
from torch.utils.data import DataLoader, Dataset


def open_archive():
    time.sleep(7)  # a network drive, or a large file to be unpacked
    return torch.arange(64.0)


class Archive(Dataset):
    def __init__(self):
        self.values = None

    def __len__(self):
        return 64

    def __getitem__(self, i):
        if self.values is None:
            self.values = open_archive()
        return self.values[i]


if __name__ == "__main__":
    dataset = Archive()
    loader = DataLoader(dataset, batch_size=8, num_workers=1, timeout=4)
    total = torch.zeros(())
    for epoch in range(2):
        for batch in loader:
            total += batch.sum()
    assert total == 2 * 2016, total
