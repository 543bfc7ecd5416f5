"""Runs uv, which makes the environments of the matrix and installs into them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from provenfix.runner.sandbox import linux

_LAST_LINES = 6


class EnvironmentFailedError(Exception):
    """An environment cannot be made, or is not what it should be.

    Args:
        code: Key of the sentence that says so, below `cli.matrix.failure`.
        values: What the sentence names.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values


class Uv:
    """The program uv.

    Args:
        cache: Its cache; None for its own.

    Raises:
        EnvironmentFailedError: uv is missing.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._program = _found()
        self._cache = ["--cache-dir", str(cache)] if cache else []

    def run(self, *arguments: str) -> None:
        """Run it.

        Raises:
            EnvironmentFailedError: It failed; holds the last lines that it printed.
        """
        command = [self._program, *arguments, *self._cache, *_find_links(arguments)]
        environment = {**os.environ, "UV_NO_CONFIG": "1", "NO_COLOR": "1"}
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=environment,
            check=False,
            # If we are killed, nobody must go on writing where the next start makes it anew.
            preexec_fn=linux.die_with_parent,
        )
        if done.returncode:
            lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
            reason = " ".join(lines[-_LAST_LINES:]) or f"exit status {done.returncode}"
            raise EnvironmentFailedError("uv", reason=reason)


def _found() -> str:
    beside = Path(sys.executable).parent / "uv"
    found = str(beside) if beside.exists() else shutil.which("uv")
    if not found:
        raise EnvironmentFailedError("no_uv")
    return found


def _find_links(arguments: tuple[str, ...]) -> list[str]:
    """Where pip looks for wheels beside its registry, which uv does not read by itself."""
    if arguments[0] != "pip" or os.environ.get("UV_FIND_LINKS"):
        return []
    pip = [sys.executable, "-m", "pip", "config", "get", "global.find-links"]
    places = os.environ.get("PIP_FIND_LINKS")
    if not places:
        places = subprocess.run(pip, capture_output=True, text=True, check=False).stdout
    return [part for place in places.split() for part in ("--find-links", place)]
