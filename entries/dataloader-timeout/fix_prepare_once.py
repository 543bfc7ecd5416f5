"""What is slow is done once, before training."""

import time

import torch
from torch.utils.data import DataLoader, Dataset


class Slow(Dataset):
    def __init__(self):
        time.sleep(4)
        self.ready = [torch.tensor(index) for index in range(4)]

    def __len__(self):
        return 4

    def __getitem__(self, index):
        return self.ready[index]


def main():
    loader = DataLoader(Slow(), num_workers=1, timeout=2)
    seen = [batch.item() for batch in loader]
    assert seen == [0, 1, 2, 3]


if __name__ == "__main__":
    main()
