"""Tells what is wrong with the labels: python diagnose.py train.py [arguments]"""

import runpy
import sys

from torch.nn import functional as F
from torch.overrides import TorchFunctionMode


class Watch(TorchFunctionMode):
    seen, classes = set(), 0

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if function in (F.cross_entropy, F.nll_loss):
            output, labels = args[:2]
            self.classes = output.shape[1 if output.dim() > 1 else 0]
            self.seen |= set(labels.unique().tolist()) - {kwargs.get("ignore_index")}
        return function(*args, **kwargs)


sys.argv = sys.argv[1:]
try:
    with Watch() as watch:
        runpy.run_path(sys.argv[0], run_name="__main__")
except IndexError as error:
    if not str(error).startswith("Target ") or not watch.seen:
        raise
    seen, classes, cause = sorted(watch.seen), watch.classes, "cause: unknown"
    wrong = [label for label in seen if not 0 <= label < classes]
    print(f"the network has outputs for the labels 0 to {classes - 1}")
    print(f"labels seen: {', '.join(map(str, seen))}")
    if wrong[:1] == [255] and len(seen) > 2 or wrong and wrong[-1] < 0:
        cause = "cause: ignore_value\nfix: fix_ignore_value"
    elif seen[0] == 1 and seen[-1] == classes:
        cause = "cause: from_one\nfix: fix_shift_labels"
    elif len(seen) <= classes <= seen[-1] // 2:
        cause = "cause: grey_values\nfix: fix_grey_to_class"
    print(cause)
