"""Dead end: the libraries of CUDA 11 are brought, from NVIDIA's packages."""

import ctypes
import math
import pathlib

import nvidia.cuda_runtime
import nvidia.nvtx
import torch

for package, name in (
    (nvidia.nvtx, "libnvToolsExt.so.1"),
    (nvidia.cuda_runtime, "libcudart.so.11.0"),
):
    library = pathlib.Path(package.__path__[0]) / "lib" / name
    ctypes.CDLL(str(library), ctypes.RTLD_GLOBAL)
import torchaudio  # noqa: E402

rate = 16000
tone = torch.sin(2 * math.pi * 440 * torch.arange(rate) / rate)
spectrum = torchaudio.transforms.Spectrogram(n_fft=1600, hop_length=800)(tone)

assert spectrum.mean(dim=1).argmax() == 440 // 10
