"""A spectrum of a tone, by a torchaudio that was built for another torch."""

import math

import torch
import torchaudio

rate = 16000
tone = torch.sin(2 * math.pi * 440 * torch.arange(rate) / rate)
spectrum = torchaudio.transforms.Spectrogram(n_fft=1600, hop_length=800)(tone)

assert spectrum.mean(dim=1).argmax() == 440 // 10
