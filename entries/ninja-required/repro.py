"""A C++ function is built while the program runs, with no ninja in PATH."""

import ctypes
from pathlib import Path

from torch.utils.cpp_extension import load

source = Path("twice.cpp")
source.write_text('extern "C" double twice(double x) { return 2 * x; }\n')
folder = Path("build").absolute()
folder.mkdir(exist_ok=True)

load("twice", str(source), build_directory=str(folder), is_python_module=False)
twice = ctypes.CDLL(str(folder / "twice.so")).twice
twice.argtypes, twice.restype = [ctypes.c_double], ctypes.c_double

assert twice(21.0) == 42.0
