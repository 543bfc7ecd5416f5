"""Tells why a checkpoint has other shapes: python diagnose.py load.py [arguments]"""

import re
import runpy
import sys

from torch import nn

LINE = r"size mismatch for (\S+): .*?Size\(\[(.*?)\]\).*?Size\(\[(.*?)\]\)"
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    if not (lines := re.findall(LINE, str(error))):
        raise
    traceback, cause = error.__traceback__, "cause: unknown"
    while traceback.tb_next:
        traceback = traceback.tb_next
    model = traceback.tb_frame.f_locals.get("self")  # that of load_state_dict
    modules = model.named_modules() if isinstance(model, nn.Module) else ()
    tables = {name for name, module in modules if isinstance(module, nn.Embedding)}
    layers, rows, grown, turned = set(), True, True, True
    for name, *shapes in lines:
        saved, here = ([int(n) for n in re.findall(r"\d+", s)] for s in shapes)
        layer, _, kind = name.rpartition(".")
        layers.add(layer)
        rows &= kind in ("weight", "bias") and saved[1:] == here[1:]
        grown &= saved < here
        turned &= saved == here[::-1]
    print(f"layers that differ: {', '.join(sorted(layers)[:5])} ({len(layers)} in all)")
    if turned:
        cause = "cause: transposed\nfix: fix_transpose"
    elif rows and not layers & tables:
        cause = "cause: head\nfix: fix_drop_head"
    elif rows and grown:
        cause = "cause: grown_table\nfix: fix_grow_table"
    elif len(layers) > 1:
        cause = "cause: configuration\nfix: fix_checkpoint_sizes"
    print(cause)
