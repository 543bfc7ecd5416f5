"""The rank comes from the environment variable that torchrun sets."""

import argparse
import os

import torch
from torch.distributed.run import main as torchrun


def work():
    parser = argparse.ArgumentParser()
    default = int(os.environ["LOCAL_RANK"])
    parser.add_argument("--local_rank", type=int, default=default)
    rank = parser.parse_args().local_rank
    world_size = int(os.environ["WORLD_SIZE"])
    torch.save(torch.arange(8.0)[rank::world_size], f"part{rank}.pt")


if __name__ == "__main__":
    if "RANK" in os.environ:
        work()
    else:  # the same as: torchrun --standalone --nproc_per_node 1 train.py
        torchrun(["--standalone", "--nproc_per_node", "1", __file__])
        assert torch.load("part0.pt").sum() == 28
