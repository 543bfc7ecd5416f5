"""A bad sample is left out before the workers start, and nothing ends."""

import torch
from torch.utils.data import DataLoader, Dataset


class Recordings(Dataset):
    def __init__(self, texts):
        self.texts = [text for text in texts if len(text.split()) == 4]
        print(f"{len(texts) - len(self.texts)} bad recordings left out")

    def __len__(self):
        return len(self.texts)

    def __getitem__(self, i):
        fields = self.texts[i].split()
        return torch.tensor([float(field) for field in fields])


if __name__ == "__main__":
    texts = ["1 2 3 4"] * 7 + ["1 2 3"] + ["1 2 3 4"] * 56
    loader = DataLoader(Recordings(texts), batch_size=8, num_workers=1)
    total = torch.zeros(4)
    for batch in loader:
        total += batch.sum(0)
    assert torch.equal(total, torch.tensor([1.0, 2.0, 3.0, 4.0]) * 63)
