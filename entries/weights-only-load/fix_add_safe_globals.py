"""Name every class that the file may contain, and load with the safe loader."""

import torch
from torch import nn


class Schedule:
    def __init__(self, warmup):
        self.warmup = warmup


class Config:
    def __init__(self, width, schedule):
        self.width, self.schedule = width, schedule


def save(path):
    torch.manual_seed(0)
    config = Config(width=8, schedule=Schedule(warmup=100))
    model = nn.Linear(config.width, 2)
    torch.save({"model": model.state_dict(), "config": config}, path)
    return model


trained = save("checkpoint.pt")
torch.serialization.add_safe_globals([Config, Schedule])
checkpoint = torch.load("checkpoint.pt")

config = checkpoint["config"]
model = nn.Linear(config.width, 2)
model.load_state_dict(checkpoint["model"])
x = torch.randn(4, 8)
assert torch.equal(model(x), trained(x)), "other weights were loaded"
assert config.schedule.warmup == 100, "the config is not complete"
