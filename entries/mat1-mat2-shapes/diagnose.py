"""Tells why two shapes do not fit: python diagnose.py train.py [arguments]"""

import re
import runpy
import sys

from torch.overrides import TorchFunctionMode

MESSAGE = r"shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)"


class Watch(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        shape = getattr(args[0], "shape", ()) if args else ()
        self.maps = shape if len(shape) == 4 else getattr(self, "maps", ())
        try:
            return function(*args, **(kwargs or {}))
        except RuntimeError:
            self.name, self.shape = function.__name__, shape
            raise


sys.argv = sys.argv[1:]
try:
    with Watch() as watch:
        runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    if not (found := re.search(MESSAGE, str(error))):
        raise
    rows, width, fits, columns = map(int, found.groups())
    print(f"{watch.name} got {list(watch.shape)}: rows of {width}, {fits} would fit")
    maps, cause = watch.maps, "cause: unknown"
    if maps and maps[1:].numel() == width and fits % maps[1] == 0:
        print(f"flattened from {list(maps)}; {fits} is {maps[1]} x {fits // maps[1]}")
        cause = "cause: image_size\nfix: fix_measure_features"
    elif watch.name == "linear" and watch.shape[1:].numel() == fits:
        cause = "cause: not_flattened\nfix: fix_flatten"
    elif watch.name != "linear" and columns == rows:
        cause = "cause: order\nfix: fix_swap_operands"
    print(cause)
