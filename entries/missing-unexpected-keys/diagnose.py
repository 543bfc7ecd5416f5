"""Tells how the names in a checkpoint differ: python diagnose.py load.py [arguments]"""

import runpy
import sys
from collections import Counter
from collections.abc import Mapping


def prefix(long, short):
    """What stands before most of the `short` names in `long`, and before how many."""
    cuts = [(f".{n}"[:i], f".{n}"[i:]) for n in long for i in range(1, len(n) + 1)]
    found = Counter(head[1:] for head, n in cuts if head[-1] == "." and n in short)
    return (found.most_common(1) or [("", 0)])[0]


sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    traceback, cause = error.__traceback__, "cause: unknown"
    while traceback.tb_next:
        traceback = traceback.tb_next
    seen = traceback.tb_frame.f_locals  # those of load_state_dict
    if "Missing key(s)" not in str(error) or not {"self", "state_dict"} <= set(seen):
        raise
    file, model = seen["state_dict"], seen["self"].state_dict()
    inner = {k: map(str, v) for k, v in file.items() if isinstance(v, Mapping)}
    (before, count), (wrapper, other) = prefix(file, model), prefix(model, file)
    if any(fits := [k for k, v in inner.items() if prefix(v, model)[1]]):
        print(f"names of the model are in the file under: {', '.join(fits)}")
        cause = "cause: nested\nfix: fix_take_inner"
    elif before and count >= other:
        print(f"before {count} names of the file: {before}")
        cause = "cause: prefix_in_file\nfix: fix_consume_prefix"
    elif wrapper:
        print(f"before {other} names of the model: {wrapper}")
        cause = "cause: prefix_in_model\nfix: fix_load_inner"
    elif count == len(file):
        cause = "cause: new_layers\nfix: fix_name_missing"
    print(cause)
