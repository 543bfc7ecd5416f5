"""Compute the state that is handed on once more, without a graph."""

import torch
from torch import nn

torch.manual_seed(0)
rnn, head = nn.GRU(1, 16, batch_first=True), nn.Linear(16, 1)
parameters = [*rnn.parameters(), *head.parameters()]
optimizer = torch.optim.Adam(parameters, lr=0.01)
wave = torch.sin(torch.arange(401) * 0.1).view(1, -1, 1)
losses = []
hidden = torch.zeros(1, 1, 16)
for start in range(0, 400, 10):
    chunk = wave[:, start : start + 10]
    target = wave[:, start + 1 : start + 11]
    output, _ = rnn(chunk, hidden)
    with torch.no_grad():
        _, hidden = rnn(chunk, hidden)
    loss = (head(output) - target).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

assert hidden.abs().sum() > 0, "no state was carried on"
assert sum(losses[-5:]) < sum(losses[:5]), "the network did not learn"
