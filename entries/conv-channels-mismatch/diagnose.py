"""Tells why the channels do not fit: python diagnose.py train.py [arguments]"""

import re
import runpy
import sys

from torch import nn

MESSAGE = r"size \[.*?\], expected input\[(.*?)\] to have (\d+) channels, but got (\d+)"
ran = []


def remember(module, inputs, output):
    if isinstance(module, nn.modules.conv._ConvNd):
        ran.append(module)


nn.modules.module.register_module_forward_hook(remember)
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    if not (found := re.search(MESSAGE, str(error))):
        raise
    shape = [int(size) for size in found[1].split(", ")]
    wanted, got = int(found[2]), int(found[3])
    print(f"input {shape}: {got} channels, the layer was made for {wanted}")
    print(f"convolutions that ran before: {len(ran)}")
    cause = "cause: unknown"
    if shape[-1] == wanted and (wanted <= 4 or not ran):
        cause = "cause: channels_last\nfix: fix_permute"
    elif got == 1 and wanted == 3:
        cause = "cause: grey\nfix: fix_repeat_grey"
    elif got == 4 and wanted == 3:
        cause = "cause: alpha\nfix: fix_drop_alpha"
    elif ran and ran[-1].out_channels == got:
        cause = "cause: layer_before\nfix: fix_in_channels"
    print(cause)
