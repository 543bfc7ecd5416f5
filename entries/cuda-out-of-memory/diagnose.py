"""Tells why the GPU is out of memory: python diagnose.py train.py [arguments]"""

import re
import runpy
import sys

import torch

UNITS = {"K": 2**10, "M": 2**20, "G": 2**30}

sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except torch.cuda.OutOfMemoryError as error:
    asked = re.search(r"Tried to allocate ([\d.]+) ([KMG])", str(error))
    size = float(asked[1]) * UNITS[asked[2]]
    card = torch.cuda.get_device_properties(0).total_memory
    gaps = torch.cuda.memory_reserved() - torch.cuda.memory_allocated()
    print(f"GiB asked for: {size / 2**30:.2f}")
    print(f"GiB of the card: {card / 2**30:.2f}")
    print(f"GiB reserved and free: {gaps / 2**30:.2f}")
    if size > 0.99 * card:
        print("cause: too_large\nfix: fix_accumulate_gradients")
    elif gaps > size:
        print("cause: fragmented\nfix: fix_expandable_segments")
    else:
        print("cause: full\nfix: fix_accumulate_gradients")
