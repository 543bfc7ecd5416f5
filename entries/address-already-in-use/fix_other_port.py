"""Each job has a port of its own."""

import multiprocessing
import time

import torch
import torch.distributed as dist


def train(address, seconds, started):
    dist.init_process_group("gloo", address, rank=0, world_size=1)
    started.set()
    torch.manual_seed(0)
    model = torch.nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    x = torch.randn(64, 4)
    for _ in range(50):
        loss = (model(x) - x.sum(1, keepdim=True)).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        dist.all_reduce(model.weight.grad)
        optimizer.step()
    time.sleep(seconds)
    dist.destroy_process_group()
    return loss.item()


if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    started = fork.Event()
    first = "tcp://127.0.0.1:29500", 60, started
    first_job = fork.Process(target=train, args=first, daemon=True)
    first_job.start()
    assert started.wait(30)

    loss = train("tcp://127.0.0.1:29501", 0, started)
    assert loss < 0.01, loss
