"""The ranks agree on the smallest number of batches before they start."""

import tempfile
import time

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


def train(rank, weights, path):
    dist.init_process_group("gloo", f"file://{path}", rank=rank, world_size=2)
    torch.manual_seed(0)
    x = torch.randn(65, 4)
    batches = x[rank::2].split(8)
    steps = torch.tensor(len(batches))
    dist.all_reduce(steps, op=dist.ReduceOp.MIN)
    model = DistributedDataParallel(nn.Linear(4, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(5):
        for batch in batches[:steps]:
            loss = (model(batch) - batch.sum(1, keepdim=True)).pow(2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    weights[rank] = model.module.weight.detach()[0]
    time.sleep(1)  # the checkpoint is written


if __name__ == "__main__":
    weights = torch.zeros(2, 4).share_memory_()
    torch.multiprocessing.start_processes(
        train, (weights, tempfile.mktemp()), nprocs=2, start_method="fork"
    )
    assert torch.allclose(weights, torch.ones(2, 4), atol=0.3), weights
    assert torch.equal(weights[0], weights[1])
