"""Dead end: all of torch's libraries are loaded first, for all to see."""

import ctypes
import math
import pathlib

import torch

for library in pathlib.Path(torch.__file__).parent.glob("lib/libtorch*.so"):
    ctypes.CDLL(str(library), ctypes.RTLD_GLOBAL)
import torchaudio  # noqa: E402

rate = 16000
tone = torch.sin(2 * math.pi * 440 * torch.arange(rate) / rate)
spectrum = torchaudio.transforms.Spectrogram(n_fft=1600, hop_length=800)(tone)

assert spectrum.mean(dim=1).argmax() == 440 // 10
