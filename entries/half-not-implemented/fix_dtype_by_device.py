"""Half precision on a GPU only; single precision where there is none."""

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

device = "cuda" if torch.cuda.is_available() else "cpu"
dtype = torch.float16 if device == "cuda" else torch.float32
model = Encoder().to(device, dtype)
model.load_state_dict(torch.load(checkpoint))
scores = model(x.to(device, dtype))
assert torch.allclose(scores.float().cpu(), expected, atol=0.02), scores
