"""The main process asks whether there is a GPU before it starts the workers."""

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Numbers(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, i):
        return torch.full((4,), float(i), device="cuda")


if __name__ == "__main__":
    device = "cuda" if torch.cuda.is_available() else "cpu"
    loader = DataLoader(Numbers(), batch_size=4, num_workers=2)
    workers = iter(loader)  # starts the worker processes
    model = nn.Linear(4, 1).to(device)
    batches = [batch.clone() for batch in workers]

    seen = torch.cat(batches)
    assert seen.is_cuda and model(seen).shape == (8, 1)
    assert torch.equal(seen[:, 0].cpu(), torch.arange(8.0))
