"""Tells which id has no row in which table: python diagnose.py train.py [arguments]"""

import runpy
import sys

import torch
from torch import nn

sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except IndexError as error:
    if "index out of range in self" not in str(error):
        raise
    traceback, modules, call = error.__traceback__, [], {}
    while traceback:
        frame, traceback = traceback.tb_frame, traceback.tb_next
        if isinstance(frame.f_locals.get("self"), nn.Module):
            modules.append(frame.f_locals["self"])
        if frame.f_code.co_name == "embedding" and "weight" in frame.f_locals:
            call = frame.f_locals
    if not call:
        raise  # index_select and others say the same
    ids, rows, name = call["input"], len(call["weight"]), ""
    for path, module in modules[0].named_modules() if modules else ():
        name = path if module is modules[-1] else name
    low, high = int(ids.min()), int(ids.max())
    print(f"embedding {name!r}: rows 0 to {rows - 1}, ids {low} to {high}")
    lines = ids.reshape(-1, ids.shape[-1] if ids.dim() else 1)
    counting = bool((lines == lines[0, 0] + torch.arange(lines.shape[1])).all())
    if low < 0:
        print("cause: negative_id\nfix: fix_pad_id")
    elif "pos" in name or "wpe" in name or counting and ids.numel() > 2:
        print("cause: positions\nfix: fix_cut_text")
    else:
        print("cause: vocabulary\nfix: fix_size_last")
