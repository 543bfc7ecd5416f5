"""The dataset gives up on its own, and says which sample it was."""

import time

import torch
from torch.utils.data import DataLoader, Dataset


class Slow(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        needed = 4 if index == 2 else 0
        if needed > 1:
            print("too slow:", index)
            return torch.tensor(-1)
        time.sleep(needed)
        return torch.tensor(index)


def main():
    loader = DataLoader(Slow(), num_workers=1, timeout=2)
    seen = [batch.item() for batch in loader]
    assert seen == [0, 1, -1, 3]


if __name__ == "__main__":
    main()
