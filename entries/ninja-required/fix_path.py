"""The folder of pip's ninja is put into PATH, for this process and those it starts."""

import ctypes
import os
import shutil
from pathlib import Path

import ninja
from torch.utils.cpp_extension import load

os.environ["PATH"] = os.pathsep.join([ninja.BIN_DIR, "/usr/bin", "/bin"])
source = Path("twice.cpp")
source.write_text('extern "C" double twice(double x) { return 2 * x; }\n')
folder = Path("build").absolute()
folder.mkdir(exist_ok=True)

load("twice", str(source), build_directory=str(folder), is_python_module=False)
twice = ctypes.CDLL(str(folder / "twice.so")).twice
twice.argtypes, twice.restype = [ctypes.c_double], ctypes.c_double

assert twice(21.0) == 42.0
assert shutil.which("ninja").startswith(ninja.BIN_DIR)
