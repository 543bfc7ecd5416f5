"""Every clip leaves the dataset with the same length."""

import torch
from torch.utils.data import DataLoader, Dataset


class Clips(Dataset):
    lengths = [30, 12, 25, 8]

    def __len__(self):
        return len(self.lengths)

    def __getitem__(self, index):
        clip = torch.full((self.lengths[index],), float(index + 1))
        return torch.nn.functional.pad(clip, (0, 30 - len(clip)))


total = 0.0
sizes = []
for clips in DataLoader(Clips(), batch_size=2, num_workers=1):
    sizes.append(len(clips))
    total += sum(clip.sum().item() for clip in clips)

assert sizes == [2, 2]
assert total == 30 * 1 + 12 * 2 + 25 * 3 + 8 * 4
