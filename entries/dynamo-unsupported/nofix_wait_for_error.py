"""Dead end: a graph break is expected to raise, so silence is taken for one graph."""

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


graphs = []


def count(graph, example_inputs):
    graphs.append(graph)
    return graph.forward


torch.manual_seed(0)
model = Listener()
compiled = torch.compile(model, backend=count)

loud = torch.tensor([[0.5, -4.0, 2.0, 1.0]])
compiled(loud)
assert len(graphs) == 2, "the graph broke, and nothing was raised"
