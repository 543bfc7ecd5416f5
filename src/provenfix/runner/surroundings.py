"""The environment variables that a script sees: the same everywhere, nothing of the user's."""

from __future__ import annotations

import os
from collections.abc import Mapping

_FIXED = {
    "LANG": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}
_PASSED = ("CUDA_VISIBLE_DEVICES", "LD_LIBRARY_PATH")


def variables(python: str, home: str) -> dict[str, str]:
    """The environment variables of an interpreter that runs scripts.

    Args:
        python: The interpreter; its folder comes first in PATH.
        home: The home folder.
    """
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    path = f"{os.path.dirname(os.path.abspath(python))}:/usr/local/bin:/usr/bin:/bin"
    return {**passed, **_FIXED, "HOME": home, "PATH": path}


def replace(wanted: Mapping[str, str]) -> None:
    """Give this process these environment variables and no others."""
    os.environ.clear()
    os.environ.update(wanted)
