"""No cure, but PyTorch says what is wrong: a view of the bytes."""

import struct

import torch

packet = bytearray(struct.pack("<BI1000f", 1, 1000, *range(1000)))
raw = torch.frombuffer(packet, dtype=torch.uint8).cuda()
payload = raw[5:]  # behind one byte of version and four of length
values = payload.view(torch.float32)
scaled = values / values.max()

assert scaled.shape == (1000,)
assert abs(scaled.mean().item() - 0.5) < 1e-3
