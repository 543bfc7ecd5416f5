"""A stored hidden state has the batch size of all batches but the last."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
series = torch.randn(20, 6, 3)
targets = series.sum(dim=(1, 2)).unsqueeze(1) / 4
loader = DataLoader(TensorDataset(series, targets), batch_size=8)
lstm = nn.LSTM(3, 20, num_layers=2, batch_first=True)
head = nn.Linear(20, 1)
optimizer = torch.optim.Adam([*lstm.parameters(), *head.parameters()], lr=0.01)

losses = []
for epoch in range(15):
    hidden = (torch.zeros(2, 8, 20), torch.zeros(2, 8, 20))
    total = seen = 0
    for x, y in loader:
        output, hidden = lstm(x, hidden)
        hidden = tuple(state.detach() for state in hidden)
        loss = (head(output[:, -1]) - y).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        seen += len(x)
    losses.append(total / seen)

assert seen == 20 and losses[-1] < losses[0] / 2
