"""Tells what file torch.load refuses: python diagnose.py load.py [arguments]"""

import pickle
import runpy
import sys

import torch

KINDS = {
    b"version https://git-lfs": "cause: lfs_pointer\nfix: fix_lfs_checkout",
    b"<": "cause: web_page\nfix: fix_raw_address",
    b"\x1f\x8b": "cause: gzip\nfix: fix_gunzip",
}
load, heads = torch.load, []


def remember(file, *args, **kwargs):
    """Note how a file begins before torch.load reads it."""
    if hasattr(file, "read"):
        start = file.tell()
        heads.append((getattr(file, "name", "stream"), file.read(80)))
        file.seek(start)
    else:
        with open(file, "rb") as opened:
            heads.append((file, opened.read(80)))
    return load(file, *args, **kwargs)


torch.load = remember
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except pickle.UnpicklingError:
    if not heads:
        raise
    path, head = heads[-1]
    print(f"{path} begins with {head!r}")
    kinds = (text for start, text in KINDS.items() if head.lstrip().startswith(start))
    print(next(kinds, "cause: unknown"))
