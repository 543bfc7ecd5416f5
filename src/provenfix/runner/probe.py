"""What an environment holds: the facts that name it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import re
import sys
from typing import Any


def in_child() -> dict[str, Any]:
    """The facts, found in a child: asking for a GPU initialises CUDA, and then nothing can fork."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            with os.fdopen(writing, "w", encoding="utf-8") as file:
                json.dump(facts(), file)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as file:
        text = file.read()
    os.waitpid(child, 0)
    if not text:
        return {**_without_torch(), "torch_error": "importing torch killed the interpreter"}
    found: dict[str, Any] = json.loads(text)
    return found


def facts() -> dict[str, Any]:
    """The facts of this interpreter.

    Returns:
        ``python``, ``torch``, ``build`` (the wheel: `cpu`, `cu130`), ``numpy``, ``setuptools``,
        ``system``, ``device`` (`cpu` or the GPU's name as a slug), ``capabilities``, ``gpu``; and
        ``torch_error`` where torch cannot be imported.
    """
    try:
        import torch
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        return {**_without_torch(), "torch_error": reason}
    version, _, local = torch.__version__.partition("+")
    cuda = torch.version.cuda
    build = local or (f"cu{cuda.replace('.', '')}" if cuda else "cpu")
    gpu = _gpu(torch)
    return {
        **_without_torch(),
        "torch": version,
        "build": build,
        "device": re.sub(r"[^a-z0-9]+", "-", gpu["name"].lower()) if gpu else "cpu",
        "capabilities": _capabilities(torch, gpu),
        "gpu": gpu,
    }


def _without_torch() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "torch": None,
        "build": "none",
        "numpy": _version("numpy"),
        "setuptools": _version("setuptools"),
        "system": f"{platform.system()} {platform.machine()}",
        "device": "cpu",
        "capabilities": [],
        "gpu": None,
    }


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _gpu(torch: Any) -> dict[str, Any] | None:
    if not torch.cuda.is_available():
        return None
    major, minor = torch.cuda.get_device_capability(0)
    return {
        "name": torch.cuda.get_device_name(0),
        "capability": f"{major}.{minor}",
        "driver": _driver(),
        "cuda_runtime": torch.version.cuda or "",
        "count": torch.cuda.device_count(),
    }


def _driver() -> str:
    """The NVIDIA driver's version, as the kernel module tells it."""
    try:
        with open("/proc/driver/nvidia/version", encoding="utf-8") as file:
            found = re.search(r"\s(\d+\.\d+(?:\.\d+)?)\s", file.read())
            return found[1] if found else "unknown"
    except OSError:
        return "unknown"


def _capabilities(torch: Any, gpu: dict[str, Any] | None) -> list[str]:
    found = ["cuda" if gpu else "no_cuda"]
    if gpu and gpu["count"] > 1:
        found.append("multi_gpu")
    if hasattr(os, "fork") and sys.platform != "win32":
        found.append("fork")
    distributed = getattr(torch, "distributed", None)
    if distributed and distributed.is_available() and distributed.is_gloo_available():
        found.append("gloo")
    return sorted(found)
