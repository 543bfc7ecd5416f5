"""Built beforehand by setuptools, which calls the compiler itself."""

import ctypes
from pathlib import Path

from setuptools import Extension, setup
from torch.utils.cpp_extension import BuildExtension

source = Path("twice.cpp")
source.write_text('extern "C" double twice(double x) { return 2 * x; }\n')

setup(
    name="twice",
    ext_modules=[Extension("twice", [str(source)])],
    cmdclass={"build_ext": BuildExtension.with_options(use_ninja=False)},
    script_args=["build_ext", "--inplace"],
)
library = next(Path().glob("twice*.so")).absolute()
twice = ctypes.CDLL(str(library)).twice
twice.argtypes, twice.restype = [ctypes.c_double], ctypes.c_double

assert twice(21.0) == 42.0
