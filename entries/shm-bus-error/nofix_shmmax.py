"""Dead end: kernel.shmmax is as good as unlimited, and it is not what counts."""

import time
from pathlib import Path

import torch
from torch.utils.data import DataLoader, Dataset


class Photos(Dataset):
    def __len__(self):
        return 32

    def __getitem__(self, i):
        image = torch.full((3, 512, 512), 8.0 * i)
        return image / 255, 8 * i / 255


if __name__ == "__main__":
    assert int(Path("/proc/sys/kernel/shmmax").read_text()) > 2**40
    loader = DataLoader(Photos(), batch_size=8, num_workers=1)
    errors = []
    for step, (images, brightness) in enumerate(loader):
        errors.append(images.mean((1, 2, 3)) - brightness)
        time.sleep(3 if step == 0 else 0)  # the first training step
    assert len(errors) == 4 and torch.cat(errors).abs().max() < 1e-3, errors
