"""Dead end: torch.jit.trace() records the branch that its example took."""

import torch
from torch import nn


class Listener(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, sound):
        peak = sound.abs().max()
        if peak > 1.0:
            sound = sound / peak
        return self.layer(sound)


torch.manual_seed(0)
model = Listener()

loud = torch.tensor([[0.5, -4.0, 2.0, 1.0]])
quiet = torch.tensor([[0.5, -0.4, 0.2, 0.1]])
traced = torch.jit.trace(model, (quiet,), check_trace=False)
assert torch.allclose(traced(loud), model.layer(loud)), "loud input is not tamed"
