"""Dead end: a dtype for computing, which says nothing of what is stored."""

import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP
from torch.distributed.fsdp import MixedPrecision


class Adapted(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(4, 4).to(torch.bfloat16).requires_grad_(False)
        self.adapter = nn.Linear(4, 1)

    def forward(self, x):
        hidden = self.base(x.to(self.base.weight.dtype))
        return self.adapter(hidden.to(self.adapter.weight.dtype))


if __name__ == "__main__":
    torch.manual_seed(0)
    path = tempfile.mktemp()
    dist.init_process_group("gloo", f"file://{path}", rank=0, world_size=1)
    x = torch.randn(64, 4)
    model = Adapted()
    cpu = torch.device("cpu")
    model = FSDP(model, device_id=cpu, mixed_precision=MixedPrecision(torch.bfloat16))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(30):
        loss = (model(x).float() - x.sum(1, keepdim=True)).pow(2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    dist.destroy_process_group()
    assert losses[-1] < losses[0] / 2, losses
