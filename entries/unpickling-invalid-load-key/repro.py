"""The file on disk is the pointer of Git LFS, not the weights."""

import hashlib
import pathlib

import torch

torch.manual_seed(0)
model = torch.nn.Linear(4, 2)
torch.save(model.state_dict(), "weights.bin")
content = pathlib.Path("weights.bin").read_bytes()
digest = hashlib.sha256(content).hexdigest()
stored = pathlib.Path(".git/lfs/objects", digest[:2], digest[2:4], digest)
stored.parent.mkdir(parents=True)
stored.write_bytes(content)

path = pathlib.Path("model.pt")
path.write_text(
    "version https://git-lfs.github.com/spec/v1\n"
    f"oid sha256:{digest}\nsize {len(content)}\n"
)
state = torch.load(path, weights_only=False)

assert torch.equal(state["weight"], model.weight)
