"""Only the likeliest token is left to sample from."""

import torch

torch.manual_seed(0)
vocabulary, steps, temperature = 50, 8, 0.0
head = torch.nn.Linear(16, vocabulary)
hidden = torch.randn(steps, 16)

tokens = []
for state in hidden:
    logits = head(state)
    keep = logits.topk(1).indices
    logits = torch.full_like(logits, -torch.inf).index_fill(0, keep, 0.0)
    probabilities = torch.softmax(logits / (temperature or 1.0), dim=-1)
    tokens.append(torch.multinomial(probabilities, num_samples=1).item())

assert tokens == head(hidden).argmax(dim=-1).tolist()
