"""The same spectrum by torch alone."""

import math

import torch

rate = 16000
tone = torch.sin(2 * math.pi * 440 * torch.arange(rate) / rate)
window = torch.hann_window(1600)
spectrum = torch.stft(tone, 1600, 800, window=window, return_complex=True).abs() ** 2

assert spectrum.mean(dim=1).argmax() == 440 // 10
