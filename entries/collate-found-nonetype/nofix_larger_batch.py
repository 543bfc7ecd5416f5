"""In the middle of a batch the same None gets other words."""

from pathlib import Path

import torch
from torch.utils.data import DataLoader, Dataset

for number in range(8):
    pixels = bytes([number]) * 16
    Path(f"{number}.raw").write_bytes(b"" if number == 4 else pixels)


def read_image(path):
    data = path.read_bytes()
    return torch.tensor(list(data)).float() if data else None


class Photos(Dataset):
    def __init__(self):
        self.paths = sorted(Path().glob("*.raw"))

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return read_image(self.paths[index])


seen = []
for images in DataLoader(Photos(), batch_size=8):
    assert images.shape[1:] == (16,)
    seen += images[:, 0].tolist()

assert seen == [0, 1, 2, 3, 5, 6, 7]
