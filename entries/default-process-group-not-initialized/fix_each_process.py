"""Two processes, and each of them joins the group first."""

import tempfile

import torch
import torch.distributed as dist
from torch import nn


def train():
    torch.manual_seed(0)
    model = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x = torch.randn(64, 4)
    for _ in range(50):
        loss = (model(x) - x.sum(1, keepdim=True)).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    mean = loss.detach().clone()
    dist.all_reduce(mean)
    mean /= dist.get_world_size()
    return loss.item(), mean.item()


def work(rank, losses, path):
    dist.init_process_group("gloo", f"file://{path}", rank=rank, world_size=2)
    losses[rank] = torch.tensor(train())


if __name__ == "__main__":
    losses = torch.ones(2, 2).share_memory_()
    torch.multiprocessing.start_processes(
        work, (losses, tempfile.mktemp()), nprocs=2, start_method="fork"
    )
    assert losses.max() < 0.01 and torch.allclose(losses[:, 0], losses[:, 1]), losses
