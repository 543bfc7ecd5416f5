"""Workers send NumPy arrays, which go through a pipe."""

import time

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset


class Photos(Dataset):
    def __len__(self):
        return 32

    def __getitem__(self, i):
        image = torch.full((3, 512, 512), 8.0 * i)
        return (image / 255).numpy(), 8 * i / 255


def arrays(samples):
    images, brightness = zip(*samples)
    return np.stack(images), np.array(brightness)


if __name__ == "__main__":
    loader = DataLoader(Photos(), batch_size=8, num_workers=1, collate_fn=arrays)
    errors = []
    for step, (images, brightness) in enumerate(loader):
        images, brightness = torch.tensor(images), torch.tensor(brightness)
        errors.append(images.mean((1, 2, 3)) - brightness)
        time.sleep(3 if step == 0 else 0)  # the first training step
    assert len(errors) == 4 and torch.cat(errors).abs().max() < 1e-3, errors
