"""Only the part for the CPU is built; no nvcc is asked."""

import ctypes
import os
from pathlib import Path

# Stands for a second toolkit: what `nvcc --version` prints is all that torch looks at.
toolkit = Path("cuda-10.1").absolute()
nvcc = toolkit / "bin" / "nvcc"
nvcc.parent.mkdir(parents=True, exist_ok=True)
nvcc.write_text("#!/bin/sh\necho Cuda compilation tools, release 10.1, V10.1.243\n")
nvcc.chmod(0o755)
os.environ["CUDA_HOME"] = str(toolkit)

from setuptools import setup  # noqa: E402
from torch.utils.cpp_extension import BuildExtension, CppExtension  # noqa: E402

source = Path("scale.cpp")
source.write_text("""
extern "C" void twice(float *x, int n) { for (int i = 0; i < n; i++) x[i] *= 2; }
""")
setup(
    name="scale",
    ext_modules=[CppExtension("scale", [str(source)])],
    cmdclass={"build_ext": BuildExtension},
    script_args=["build_ext", "--inplace"],
)
library = ctypes.CDLL(str(next(Path().glob("scale*.so")).absolute()))
values = (ctypes.c_float * 3)(1.0, 2.0, 3.0)
library.twice(values, 3)
assert list(values) == [2.0, 4.0, 6.0]
