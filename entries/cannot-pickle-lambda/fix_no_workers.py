"""Load in the main process: nothing is sent, so nothing is pickled."""

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
    loader = DataLoader(dataset, batch_size=4, num_workers=0)
    batches = list(loader)
    assert torch.equal(torch.cat(batches), torch.arange(8.0) * 3)
