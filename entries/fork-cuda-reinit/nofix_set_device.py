"""Advice under test, as a dead end: torch.cuda.set_device(0) in worker_init_fn."""

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Numbers(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, i):
        return torch.full((4,), float(i), device="cuda")


def init_worker(worker_id):
    torch.cuda.set_device(0)


if __name__ == "__main__":
    model = nn.Linear(4, 1).cuda()
    loader = DataLoader(
        Numbers(), batch_size=4, num_workers=2, worker_init_fn=init_worker
    )
    batches = [batch.clone() for batch in loader]

    seen = torch.cat(batches)
    assert seen.is_cuda and model(seen).shape == (8, 1)
    assert torch.equal(seen[:, 0].cpu(), torch.arange(8.0))
