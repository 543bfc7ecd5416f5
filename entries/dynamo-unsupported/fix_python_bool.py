"""The question is asked before the model, and the answer is a Python bool."""

import torch
from torch import nn


class Listener(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, sound, is_loud):
        if is_loud:
            sound = sound / sound.abs().max()
        return self.layer(sound)


torch.manual_seed(0)
model = Listener()
compiled = torch.compile(model, backend="aot_eager", fullgraph=True)

loud = torch.tensor([[0.5, -4.0, 2.0, 1.0]])
quiet = torch.tensor([[0.5, -0.4, 0.2, 0.1]])
for sound, expected in ((loud, loud / 4), (quiet, quiet)):
    is_loud = bool(sound.abs().max() > 1.0)
    assert torch.allclose(compiled(sound, is_loud), model.layer(expected))
