"""What an environment has: versions, the device, and what a script can count on."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
from types import ModuleType
from typing import Any

_DRIVER = "/proc/driver/nvidia/version"


def facts(torch: ModuleType | None) -> dict[str, Any]:
    """The facts of this interpreter. Initialises CUDA, so call it in a process of its own.

    Args:
        torch: The module; None if it cannot be imported.
    """
    version, _, label = str(torch.__version__).partition("+") if torch else ("", "", "")
    gpu = _gpu(torch) if torch and torch.cuda.is_available() else None
    return {
        "python": platform.python_version(),
        "torch": version or None,
        "build": label or _build(torch),
        "numpy": _version("numpy"),
        "setuptools": _version("setuptools"),
        "system": f"{platform.system()} {platform.machine()}",
        "device": slug(gpu["name"]) if gpu else "cpu",
        "capabilities": _capabilities(torch, gpu["count"] if gpu else 0),
        "gpu": gpu,
    }


def slug(name: str) -> str:
    """A device's name in lower case, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def driver(text: str) -> str:
    """The version in /proc/driver/nvidia/version, or "unknown"."""
    found = re.search(r"Kernel Module\D*\s(?:x86_64\s+)?(\d+(?:\.\d+)+)", text)
    return found[1] if found else "unknown"


def of_build(build: str) -> str:
    """The capability that a build of torch brings by itself, or "".

    It follows from the facts that are recorded, so it is not recorded a second time.

    Args:
        build: Such as `cpu`, `cu121`, `rocm6.4`.
    """
    return "cpu_build" if build == "cpu" else "cuda_build" if build.startswith("cu") else ""


def _build(torch: ModuleType | None) -> str:
    cuda = torch.version.cuda if torch else None
    return f"cu{cuda.replace('.', '')}" if cuda else "cpu"


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _gpu(torch: ModuleType) -> dict[str, Any]:
    major, minor = torch.cuda.get_device_capability(0)
    text = ""
    if os.path.exists(_DRIVER):
        with open(_DRIVER) as file:
            text = file.read()
    return {
        "name": torch.cuda.get_device_name(0),
        "capability": f"{major}.{minor}",
        "driver": driver(text),
        "cuda_runtime": torch.version.cuda,
        "count": torch.cuda.device_count(),
    }


def _capabilities(torch: ModuleType | None, gpus: int) -> list[str]:
    distributed = getattr(torch._C, "_distributed_c10d", None) if torch else None
    present = {
        "cuda": gpus > 0,
        "no_cuda": gpus == 0,
        "multi_gpu": gpus > 1,
        "fork": hasattr(os, "fork"),
        "gloo": hasattr(distributed, "ProcessGroupGloo"),
    }
    return sorted(name for name, has in present.items() if has)
