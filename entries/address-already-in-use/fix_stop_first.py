"""The first job ends before the second begins."""

import torch
import torch.distributed as dist


def start(port):
    return dist.TCPStore("127.0.0.1", port, world_size=1, is_master=True)


first_job = start(29500)
del first_job
second_job = start(29500)
second_job.set("epoch", "1")

assert second_job.get("epoch") == b"1"
assert torch.distributed.is_available()
