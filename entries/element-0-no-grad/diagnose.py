"""Tells why a loss has no grad_fn: python diagnose.py train.py [arguments]"""

import runpy
import sys

import torch
from torch import nn

MESSAGE = "does not require grad and does not have a grad_fn"
parameters, recording = {}, []


def remember(module, inputs, output):
    parameters.update({id(p): p for p in module.parameters()})
    recording.append(torch.is_grad_enabled())


nn.modules.module.register_module_forward_hook(remember)
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    if MESSAGE not in str(error):
        raise
    free = sum(p.requires_grad for p in parameters.values())
    print(f"parameters that require gradients: {free} of {len(parameters)}")
    print(f"module calls that recorded them: {sum(recording)} of {len(recording)}")
    if not free:
        print("cause: frozen\nfix: fix_freeze_backbone_only")
    elif not recording[-1]:
        print("cause: no_grad\nfix: fix_leave_no_grad")
    else:
        print("cause: rebuilt\nfix: fix_stack")
