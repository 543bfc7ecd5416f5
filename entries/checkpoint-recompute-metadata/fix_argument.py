"""The cache comes in as an argument and is added to outside of the checkpoint."""

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(8, 16)

    def forward(self, x, past):
        query, key = self.project(x).chunk(2, dim=-1)
        keys = torch.cat([past, key])
        return torch.softmax(query @ keys.T, dim=-1) @ keys, keys


torch.manual_seed(0)
embedding, block, head = nn.Embedding(10, 8), Attention(), nn.Linear(8, 10)
past = torch.zeros(0, 8)
tokens, targets = torch.tensor([1, 5, 2]), torch.tensor([5, 2, 7])

hidden, keys = checkpoint(block, embedding(tokens), past, use_reentrant=False)
loss = nn.functional.cross_entropy(head(hidden), targets)
loss.backward()

checkpointed = block.project.weight.grad.clone()
block.zero_grad()
plain, _ = block(embedding(tokens), past)
nn.functional.cross_entropy(head(plain), targets).backward()
assert torch.allclose(checkpointed, block.project.weight.grad)
