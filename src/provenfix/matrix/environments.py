"""Makes the environments of environments.yaml with uv, and removes them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provenfix.matrix.uv import EnvironmentFailedError, Uv
from provenfix.records import Environment
from provenfix.vocabulary import Column

GIB = 1024**3
LIMIT = 15 * GIB
"""What the folder of the matrix may hold, in bytes, before an environment is made."""
NEEDED = 8 * GIB
"""What an environment takes while it is made, in bytes: the packed and the unpacked CUDA wheels."""
_STAMP = "provenfix.json"


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
        self._uv = Uv(self._cache)

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
        self._uv.run("venv", "--quiet", "--no-project", "--python", column.python, str(place))
        self._uv.run("pip", "install", "--quiet", "--python", str(python), *wanted(column))
        (place / _STAMP).write_text(_text(column), "utf-8")

    def _make_room(self, place: Path) -> None:
        shutil.rmtree(place, ignore_errors=True)
        if self._own_cache and _size(self._folder) > LIMIT - NEEDED:
            shutil.rmtree(self._cache, ignore_errors=True)
        free = shutil.disk_usage(self._folder).free
        if free < NEEDED:
            needed, left = (f"{size / GIB:.1f}" for size in (NEEDED, free))
            raise EnvironmentFailedError("disk", needed=needed, free=left, folder=self._folder)


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
