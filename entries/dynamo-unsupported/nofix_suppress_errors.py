"""Dead end: the setting that falls back to eager does not overrule fullgraph."""

import torch
import torch._dynamo
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


torch._dynamo.config.suppress_errors = True
torch.manual_seed(0)
model = Listener()
compiled = torch.compile(model, backend="aot_eager", fullgraph=True)

loud = torch.tensor([[0.5, -4.0, 2.0, 1.0]])
quiet = torch.tensor([[0.5, -0.4, 0.2, 0.1]])
assert torch.allclose(compiled(loud), model.layer(loud / 4))
assert torch.allclose(compiled(quiet), model.layer(quiet))
