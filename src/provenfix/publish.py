"""A built folder takes the place of the published one, whole and at once."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Of renameat2(2): both names stay, each with what the other had."""


def staging(published: Path) -> Path:
    """Where a folder is built: beside the one that it replaces, since a rename is atomic within
    one file system only."""
    return published.with_name(f".{published.name}.new")


def spare(published: Path) -> Path:
    """Where the site before the published one lies, of which the next one is made."""
    return published.with_name(f".{published.name}.old")


def published(staging: Path) -> Path:
    """The folder that is built in a staging folder."""
    return staging.with_name(staging.name.removeprefix(".").removesuffix(".new"))


def publish(built: Path, published: Path) -> None:
    """Put a built folder in the place of the published one; until then the old one serves.

    Args:
        built: The new folder; afterwards the old one lies there, if there was one.
        published: The folder to replace; it need not exist.
    """
    if not published.exists():
        os.replace(built, published)
        return
    if not _exchange(built, published):
        # Without the system call there is a moment with no folder, never one with half of it.
        aside = published.with_name(f".{published.name}.aside")
        shutil.rmtree(aside, ignore_errors=True)
        os.replace(published, aside)
        os.replace(built, published)
        os.replace(aside, built)


def _exchange(one: Path, other: Path) -> bool:
    """Let two names change places, by Linux's own system call; False where it is missing."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    names = (os.fsencode(one), os.fsencode(other))
    return not call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
