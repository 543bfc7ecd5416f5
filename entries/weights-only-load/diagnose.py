"""Tells what the refused class is: python diagnose.py load.py [arguments]"""

import pickle
import re
import runpy
import sys

from torch import nn

MESSAGE = r"Unsupported global: GLOBAL ([\w.]+)\.(\w+) was not an allowed global"


def find(module, name, traceback):
    """The class of that name, if the program has it; the file itself is not opened."""
    scopes = [vars(sys.modules[module])] if module in sys.modules else []
    while traceback:
        scopes.append(traceback.tb_frame.f_globals)
        traceback = traceback.tb_next
    own = [s[name] for s in scopes if s.get("__name__") == module and name in s]
    return own[-1] if own else None


sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except pickle.UnpicklingError as error:
    if not (found := re.search(MESSAGE, str(error))):
        raise
    module, name = found.groups()
    kind = find(module, name, error.__traceback__)
    print(f"the file asks for {name} of the module {module}")
    if module.partition(".")[0] == "numpy":
        print("cause: numpy_value\nfix: fix_plain_numbers")
    elif isinstance(kind, type) and issubclass(kind, nn.Module):
        print("cause: whole_model\nfix: fix_save_state_dict")
    elif kind:
        print("cause: object\nfix: fix_save_plain_values")
    else:
        print("cause: unknown")
