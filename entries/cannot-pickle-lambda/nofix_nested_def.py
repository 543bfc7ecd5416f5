"""Dead end: a function defined inside a function cannot be found by name either."""

import torch
from torch.utils.data import DataLoader, Dataset


class Numbers(Dataset):
    def __init__(self, transform):
        self.transform = transform

    def __len__(self):
        return 8

    def __getitem__(self, i):
        return self.transform(torch.tensor(float(i)))


def build_dataset(factor):
    def scale(x):
        return x * factor

    return Numbers(scale)


if __name__ == "__main__":
    dataset = build_dataset(3)
    loader = DataLoader(
        dataset, batch_size=4, num_workers=1, multiprocessing_context="spawn"
    )
    batches = list(loader)
    assert torch.equal(torch.cat(batches), torch.arange(8.0) * 3)
