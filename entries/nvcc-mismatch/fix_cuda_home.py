"""CUDA_HOME leads to the toolkit of the release that torch was built with."""

import ctypes
import os
from pathlib import Path

os.environ["CUDA_HOME"] = "/usr/local/cuda-13.0"
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
