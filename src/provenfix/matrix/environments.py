"""Makes the environments of environments.yaml with uv, and removes them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provenfix.records import Environment
from provenfix.runner.sandbox import linux
from provenfix.vocabulary import Column

GIB = 1024**3
LIMIT = 15 * GIB
"""What the folder of the matrix may hold, in bytes, before an environment is made."""
NEEDED = 8 * GIB
"""What an environment takes while it is made, in bytes: the packed and the unpacked CUDA wheels."""
_STAMP = "provenfix.json"
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


class Maker:
    """Makes one environment after the other in a folder of its own.

    Args:
        folder: Where environments are made; only one process may use it at a time.
        cache: uv's cache. None: one in the folder, which is emptied before it grows too large.
        keep: Leave environments there, for the next time.

    Raises:
        EnvironmentFailedError: uv is missing.
    """

    def __init__(self, folder: Path, cache: Path | None = None, keep: bool = False) -> None:
        self._folder, self._keep = folder, keep
        self._own_cache = cache is None
        self._cache = cache or folder / "cache"
        self._uv = _uv()

    @contextmanager
    def environment(self, column: Column) -> Iterator[str]:
        """Make an environment and yield its interpreter; it is removed at the end unless kept.

        Raises:
            EnvironmentFailedError: It cannot be made.
        """
        place = self._folder / column.name
        with self._alone():
            try:
                if not _is_made(place, column):
                    self._make(place, column)
                yield str(place.absolute() / "bin" / "python")
            finally:
                if not (self._keep and _is_made(place, column)):
                    shutil.rmtree(place, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with open(self._folder / "lock", "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise EnvironmentFailedError("locked", folder=self._folder) from None
            yield

    def _make(self, place: Path, column: Column) -> None:
        self._make_room(place)
        python = place / "bin" / "python"
        self._run("venv", "--quiet", "--no-project", "--python", column.python, str(place))
        self._run("pip", "install", "--quiet", "--python", str(python), *wanted(column))
        (place / _STAMP).write_text(_text(column), "utf-8")

    def _make_room(self, place: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)
        if self._own_cache and _size(self._folder) > LIMIT - NEEDED:
            shutil.rmtree(self._cache, ignore_errors=True)
        free = shutil.disk_usage(self._folder).free
        if free < NEEDED:
            needed, left = (f"{size / GIB:.1f}" for size in (NEEDED, free))
            raise EnvironmentFailedError("disk", needed=needed, free=left, folder=self._folder)

    def _run(self, *arguments: str) -> None:
        command = [self._uv, *arguments, "--cache-dir", str(self._cache), *_find_links(arguments)]
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


def wanted(column: Column) -> list[str]:
    """The pins of a column, as pip reads them; a CPU build is asked for by its label."""
    label = "+cpu" if column.build == "cpu" else ""
    return [
        f"torch=={column.torch}{label}",
        f"numpy=={column.numpy}",
        f"setuptools=={column.setuptools}",
    ]


def verify(column: Column, environment: Environment) -> None:
    """An environment must be what its column says.

    Raises:
        EnvironmentFailedError: It is something else.
    """
    minor = ".".join(environment.python.split(".")[:2])
    facts = {**environment.model_dump(), "python": minor, "device": "gpu"}
    if environment.gpu is None:
        facts["device"] = "cpu"
    for key in ("device", "python", "torch", "build", "numpy", "setuptools"):
        expected = getattr(column, key)
        if facts[key] != expected:
            raise EnvironmentFailedError("other", fact=key, expected=expected, got=facts[key])


def _uv() -> str:
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


def _is_made(place: Path, column: Column) -> bool:
    stamp = place / _STAMP
    return stamp.exists() and stamp.read_text("utf-8") == _text(column)


def _text(column: Column) -> str:
    return json.dumps(column.model_dump(), sort_keys=True) + "\n"


def _size(folder: Path) -> int:
    """The bytes on disk below a folder; a file with several names counts once."""
    seen: dict[int, int] = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            status = os.lstat(os.path.join(parent, name))
            seen[status.st_ino] = status.st_blocks * 512
    return sum(seen.values())
