"""A named function with functools.partial instead of the lambda."""

from functools import partial

import torch
from torch.utils.data import DataLoader, Dataset


class Numbers(Dataset):
    def __init__(self, transform):
        self.transform = transform

    def __len__(self):
        return 8

    def __getitem__(self, i):
        return self.transform(torch.tensor(float(i)))


def scale(x, factor):
    return x * factor


def build_dataset(factor):
    return Numbers(partial(scale, factor=factor))


if __name__ == "__main__":
    dataset = build_dataset(3)
    loader = DataLoader(
        dataset, batch_size=4, num_workers=1, multiprocessing_context="spawn"
    )
    batches = list(loader)
    assert torch.equal(torch.cat(batches), torch.arange(8.0) * 3)
