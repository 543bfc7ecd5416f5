"""Goes back to the newest checkpoint that is whole."""

import pathlib
import zipfile

import torch

torch.manual_seed(0)
model = torch.nn.Linear(512, 512)
torch.save(model.state_dict(), "remote.pt")


def download(source, target, broken=True):
    content = pathlib.Path(source).read_bytes()
    pathlib.Path(target).write_bytes(content[: len(content) // (2 if broken else 1)])


download("remote.pt", "checkpoint.pt")
download("remote.pt", "checkpoint-1.pt", broken=False)
newest_first = ["checkpoint.pt", "checkpoint-1.pt"]
whole = [path for path in newest_first if zipfile.is_zipfile(path)]
state = torch.load(whole[0])

assert torch.equal(state["weight"], model.weight)
