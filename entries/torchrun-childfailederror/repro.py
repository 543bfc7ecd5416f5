"""A rank meets a value that it cannot read, and torchrun reports that it failed."""

import os

import torch
from torch.distributed.run import main as torchrun

MEASUREMENTS = ["0.5", "1.5", "2.5", "n/a", "4.5", "6.5"]


def work(rank, world_size):
    own = [float(text) for text in MEASUREMENTS[rank::world_size]]
    torch.save(torch.tensor(own), f"part{rank}.pt")


if __name__ == "__main__":
    if "RANK" in os.environ:
        work(int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"]))
    else:  # the same as: torchrun --standalone --nproc_per_node 1 train.py
        torchrun(["--standalone", "--nproc_per_node", "1", __file__])
        assert torch.load("part0.pt").sum() == 15.5
