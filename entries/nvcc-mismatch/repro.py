"""A CUDA extension is built, and CUDA_HOME leads to an older toolkit of the system."""

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
os.environ["TORCH_CUDA_ARCH_LIST"] = "8.0"

from setuptools import setup  # noqa: E402
from torch.utils.cpp_extension import BuildExtension, CUDAExtension  # noqa: E402

source = Path("scale.cu")
source.write_text("""
__global__ void twice(float *x) { x[threadIdx.x] *= 2; }
extern "C" int blocks(int size) { return (size + 255) / 256; }
""")
setup(
    name="scale",
    ext_modules=[CUDAExtension("scale", [str(source)])],
    cmdclass={"build_ext": BuildExtension},
    script_args=["build_ext", "--inplace"],
)
library = ctypes.CDLL(str(next(Path().glob("scale*.so")).absolute()))
assert library.blocks(1000) == 4
