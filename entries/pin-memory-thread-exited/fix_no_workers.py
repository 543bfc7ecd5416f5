"""Without workers nothing is pickled, and nothing has to be unpickled."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset, default_collate


class Batch:
    def __init__(self, x, y):
        self.fields = {"x": x, "y": y}

    def __getattr__(self, name):  # batch.x, batch.y
        if name in self.fields:
            return self.fields[name]
        raise AttributeError(name)


def collate(samples):
    return Batch(*default_collate(samples))


if __name__ == "__main__":
    torch.manual_seed(0)
    x = torch.randn(240, 8)
    y = x.sum(1, keepdim=True)
    options = {"num_workers": 0, "pin_memory": True, "collate_fn": collate}
    loader = DataLoader(TensorDataset(x, y), batch_size=40, shuffle=True, **options)
    model = nn.Linear(8, 1).cuda()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for epoch in range(10):
        for batch in loader:
            loss = F.mse_loss(model(batch.x.cuda()), batch.y.cuda())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    assert loss.item() < 0.5, "nothing was learned"
