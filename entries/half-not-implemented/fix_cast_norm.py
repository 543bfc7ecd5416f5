"""Single precision for the one layer whose half-precision kernel is missing."""

import io

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(16)
        self.head = nn.Linear(16, 2)

    def forward(self, x):
        return self.head(self.norm(x))


torch.manual_seed(0)
reference = Encoder()
x = torch.randn(4, 16)
expected = reference(x)
checkpoint = io.BytesIO()
torch.save(reference.half().state_dict(), checkpoint)
checkpoint.seek(0)

model = Encoder().half()
model.load_state_dict(torch.load(checkpoint))
model.norm.float()
model.norm.register_forward_hook(lambda module, args, out: out.half())
scores = model(x)
assert torch.allclose(scores.float(), expected, atol=0.02), scores
