"""Sample from the likeliest tokens, at temperature zero from one alone."""

import torch

torch.manual_seed(0)
vocabulary, steps, temperature = 50, 8, 0.0
head = torch.nn.Linear(16, vocabulary)
hidden = torch.randn(steps, 16)

tokens = []
for state in hidden:
    logits = head(state)
    k = 1 if temperature == 0 else 20
    lowest = logits.topk(k).values[-1]
    logits = logits.masked_fill(logits < lowest, -torch.inf)
    probabilities = torch.softmax(logits / (temperature or 1.0), dim=-1)
    tokens.append(torch.multinomial(probabilities, num_samples=1).item())

assert tokens == head(hidden).argmax(dim=-1).tolist()
