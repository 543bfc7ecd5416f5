"""Dead end: the package can be imported, and torch calls a program."""

import ctypes
from pathlib import Path

import ninja
from torch.utils.cpp_extension import load

print("ninja", ninja.__version__)
source = Path("twice.cpp")
source.write_text('extern "C" double twice(double x) { return 2 * x; }\n')
folder = Path("build").absolute()
folder.mkdir(exist_ok=True)

load("twice", str(source), build_directory=str(folder), is_python_module=False)
twice = ctypes.CDLL(str(folder / "twice.so")).twice
twice.argtypes, twice.restype = [ctypes.c_double], ctypes.c_double

assert twice(21.0) == 42.0
