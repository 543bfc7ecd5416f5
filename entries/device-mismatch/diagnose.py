"""Tells what was left on the CPU: python diagnose.py train.py [arguments]"""

import runpy
import sys

from torch import Tensor, nn
from torch.overrides import TorchFunctionMode


def in_forward(frame):
    return frame and (frame.f_code.co_name == "forward" or in_forward(frame.f_back))


class Watch(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        tensors = [t for t in (*args, *kwargs.values()) if isinstance(t, Tensor)]
        self.name, self.tensors = function.__name__, tensors  # the last call fails
        result = function(*args, **kwargs)
        new = isinstance(result, Tensor) and all(hasattr(t, "is_new") for t in tensors)
        if new and in_forward(sys._getframe()):
            result.is_new = True
        return result


sys.argv = sys.argv[1:]
try:
    with Watch() as watch:
        runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    if "tensors to be on the same device" not in str(error):
        raise
    print(f"{watch.name} got tensors on {[str(t.device) for t in watch.tensors]}")
    left = [t for t in watch.tensors if t.device.type == "cpu"]
    cause = "batch_left\nfix: fix_move_batch" if left else "unknown"
    if any(isinstance(t, nn.Parameter) for t in left):
        cause = "layer_in_forward\nfix: fix_module_list"
    elif any(hasattr(t, "is_new") for t in left):
        cause = "made_in_forward\nfix: fix_device_of_input"
    print("cause:", cause)
