"""Temperature zero means the likeliest token: no sampling at all."""

import torch

torch.manual_seed(0)
vocabulary, steps, temperature = 50, 8, 0.0
head = torch.nn.Linear(16, vocabulary)
hidden = torch.randn(steps, 16)

tokens = []
for state in hidden:
    logits = head(state)
    if temperature == 0:
        tokens.append(logits.argmax().item())
        continue
    probabilities = torch.softmax(logits / temperature, dim=-1)
    tokens.append(torch.multinomial(probabilities, num_samples=1).item())

assert tokens == head(hidden).argmax(dim=-1).tolist()
