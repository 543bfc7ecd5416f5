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


def variables(python: str, home: str, packages: str | None = None) -> dict[str, str]:
    """The environment variables of an interpreter that runs scripts.

    Args:
        python: The interpreter; its folder comes first in PATH.
        home: The home folder.
        packages: A folder with packages that come before those of the interpreter.
    """
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    path = f"{os.path.dirname(os.path.abspath(python))}:/usr/local/bin:/usr/bin:/bin"
    before = {"PYTHONPATH": packages} if packages else {}
    return {**passed, **_FIXED, **before, "HOME": home, "PATH": path}


def replace(wanted: Mapping[str, str]) -> None:
    """Give this process these environment variables and no others."""
    os.environ.clear()
    os.environ.update(wanted)
