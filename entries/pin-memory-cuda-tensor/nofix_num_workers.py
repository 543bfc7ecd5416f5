"""Dead end: worker processes have to use the GPU to move the samples."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset


class Points(Dataset):
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i].to(device), self.y[i].to(device)


torch.manual_seed(0)
device = torch.device("cuda")
y = torch.arange(240) % 3
x = torch.randn(240, 8)
x[torch.arange(240), y] += 4
loader = DataLoader(
    Points(x, y), batch_size=40, shuffle=True, num_workers=2, pin_memory=True
)
model = nn.Linear(8, 3).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
if __name__ == "__main__":
    for epoch in range(10):
        for inputs, labels in loader:
            loss = F.cross_entropy(model(inputs), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    right = (model(x.to(device)).argmax(1).cpu() == y).float().mean()
    assert right > 0.9, "the labels were not learned"
