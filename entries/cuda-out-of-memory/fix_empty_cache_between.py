"""Give the blocks of the long batches back before the short ones come."""

import torch

gib, mib = 2**30, 2**20
count = torch.cuda.mem_get_info()[0] // gib - 2  # leaves room for two or three more


def batch(size):
    return torch.ones(size * mib // 4, device="cuda")


batches = [batch(1024) for _ in range(count)]
del batches
torch.cuda.empty_cache()
short = [batch(600) for _ in range(count)]
middle = [batch(800) for _ in range(count // 4 + 3)]

assert all(bool(part[-1] == 1) for part in short + middle)
