"""Let the worker be forked: it inherits the lambda instead of receiving it."""

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
    return Numbers(lambda x: x * factor)


if __name__ == "__main__":
    dataset = build_dataset(3)
    loader = DataLoader(
        dataset, batch_size=4, num_workers=1, multiprocessing_context="fork"
    )
    batches = list(loader)
    assert torch.equal(torch.cat(batches), torch.arange(8.0) * 3)
