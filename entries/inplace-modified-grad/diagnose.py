"""Finds the line that overwrote a tensor: python diagnose.py train.py [arguments]"""

import re
import runpy
import sys
import traceback

import torch.overrides

MESSAGE = r" (\[[\d, ]*\])\](?:, which is output \d+ of (\w+),)? is .*ed version (\d+)"
sys.argv, writes = sys.argv[1:], {}  # what a tensor was before a write: who wrote


class Watch(torch.overrides.TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        values = args[0] if args and isinstance(args[0], (list, tuple)) else args[:1]
        values = [v for v in values if torch.is_tensor(v) and not v.is_inference()]
        before = [(v._version, type(v.grad_fn)) for v in values]
        result = function(*args, **(kwargs or {}))
        for v, (version, node) in zip(values, before):
            if v._version > version:
                key = f"{[*v.shape]} {[*v.shape[::-1]]} {version} {node} {v.grad_fn}"
                writes[re.sub(" object.*?>", "", key)] = traceback.format_stack()[:-1]
        return result


try:
    with Watch():
        runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    if not (found := re.search(MESSAGE, str(error))):
        raise
    fits = [k for k in writes if found[1] in k and f" {found[3]} " in k]
    stack = writes[max(fits, key=lambda k: str(found[2]) in k)] if fits else []
    cause = "cause: inplace_line\nfix: fix_out_of_place" if fits else "cause: unknown"
    if any(torch.optim.__path__[0] in line for line in stack):
        cause = "cause: optimizer_step\nfix: fix_step_first"
    elif re.search(r"modules.(activation|dropout)\.py", "".join(stack)):
        cause = "cause: inplace_module\nfix: fix_inplace_false"
    print(*[s for s in stack if torch.__path__[0] not in s][-1:], cause, sep="")
