"""A class that takes the argument and reports, for callers that pass it."""

import torch
from torch import nn
from torch.optim.lr_scheduler import ReduceLROnPlateau


class Plateau(ReduceLROnPlateau):
    def __init__(self, *args, verbose=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = verbose

    def step(self, *args, **kwargs):
        before = self.get_last_lr()
        super().step(*args, **kwargs)
        if self.report and self.get_last_lr() != before:
            reports.append(self.get_last_lr())
            print("learning rate:", *reports[-1])


reports = []
torch.manual_seed(0)
inputs = torch.randn(32, 4)
target = inputs.sum(dim=1, keepdim=True) + torch.randn(32, 1)
model = nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
scheduler = Plateau(optimizer, factor=0.5, patience=2, verbose=True)

for epoch in range(60):
    loss = nn.functional.mse_loss(model(inputs), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step(loss.item())

assert len(reports) > 1
assert reports == [[0.2 * 0.5**n] for n in range(1, len(reports) + 1)]
