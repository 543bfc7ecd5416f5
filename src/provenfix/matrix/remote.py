"""What the processes of a cluster do: run one script in the interpreter of their machine."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections.abc import Sequence
from typing import Any

from provenfix.matrix.pool import Pool

PYTHON = "PROVENFIX_PYTHON"
"""The variable that names the interpreter with torch, where it is not the worker's own."""

_lock = threading.Lock()
_pool: Pool | None = None


class OtherEnvironmentError(Exception):
    """This process has another environment than was asked for.

    Args:
        got, expected: The names of both.
    """

    def __init__(self, got: str, expected: str) -> None:
        super().__init__(got, expected)
        self.got, self.expected = got, expected


def environment() -> dict[str, Any]:
    """The facts of this process's interpreter."""
    return _own_pool().environment.model_dump(mode="json")


def run(expected: str, request: dict[str, Any]) -> dict[str, Any]:
    """Run a script.

    Args:
        expected: The name of the environment that the caller records.
        request: As in `provenfix.runner.worker`.

    Raises:
        OtherEnvironmentError: This process has another one.
    """
    return _pool_of(expected).run(request)


def find(expected: str, literals: Sequence[str]) -> dict[str, bool]:
    """Which texts the installed torch holds; arguments and errors as in `run`."""
    return _pool_of(expected).find(literals)


def _pool_of(expected: str) -> Pool:
    pool = _own_pool()
    if pool.environment.name != expected:
        raise OtherEnvironmentError(pool.environment.name, expected)
    return pool


def _own_pool() -> Pool:
    """The interpreter of this process, started once."""
    global _pool
    with _lock:
        if _pool is None:
            _pool = Pool(os.environ.get(PYTHON, sys.executable))
            atexit.register(_pool.close)
        return _pool
