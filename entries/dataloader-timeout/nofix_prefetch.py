"""Asking for more batches ahead does not make the slow one faster."""

import time

import torch
from torch.utils.data import DataLoader, Dataset


class Slow(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        time.sleep(4 if index == 2 else 0)
        return torch.tensor(index)


def main():
    loader = DataLoader(Slow(), num_workers=1, timeout=2, prefetch_factor=4)
    seen = [batch.item() for batch in loader]
    assert seen == [0, 1, 2, 3]


if __name__ == "__main__":
    main()
