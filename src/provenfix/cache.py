"""What was worked out before, on disk: each value lies under a name and holds for one key only.

A cache may be deleted at any time. A value that is damaged, or whose key or tools are others, is as
good as none. Values are pickles, so a cache is trusted like the code beside it: it lies in the
repository's own `build/`, which is never committed.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from provenfix import files

FOLDER = Path("build") / "cache"
"""Where it lies below the repository; `make clean` removes it."""
_DIGEST = 32
"""Bytes of the digest that begins each file."""
_PACKAGE = Path(__file__).parent
_SOURCES = {".j2", ".json", ".otf", ".py", ".ttf", ".yaml"}


class Cache:
    """Values by name.

    Args:
        root: The repository.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER

    def get(self, name: str, key: str) -> Any:
        """The value that was put under a name for this very key; None if there is none.

        Args:
            name: A path with forward slashes.
            key: What the value depends on beside the tools.
        """
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        try:
            found, value = pickle.loads(data[_DIGEST:])
        # The digest holds, so the file is whole; but other tools may have written it.
        except Exception:
            return None
        return value if found == (tools(), key) else None

    def put(self, name: str, key: str, value: Any) -> None:
        """Keep a value, which is not None, in the place of the one under the same name.

        Where nothing can be written (a checkout of somebody else, a full disk), nothing is kept.
        """
        data = pickle.dumps(((tools(), key), value), pickle.HIGHEST_PROTOCOL)
        path = self._folder / name
        with suppress(OSError):
            files.replace_bytes(path, hashlib.sha256(data).digest() + data, durable=False)

    def move(self, name: str, to: str) -> None:
        """Keep what lies under a name under another one; if nothing does, forget the other."""
        self.forget(to)
        with suppress(OSError):
            (self._folder / name).rename(self._folder / to)

    def forget(self, name: str) -> None:
        """Forget what lies under a name."""
        (self._folder / name).unlink(missing_ok=True)

    def keep(self, folder: str, names: Iterable[str]) -> None:
        """Forget all of a folder but these names in it."""
        kept = set(names)
        for path in (self._folder / folder).glob("*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)


@cache
def tools() -> str:
    """Digest of what makes values: Python, this package's files, and all installed packages."""
    known = hashlib.sha256(sys.version.encode())
    for path in sorted(p for p in _PACKAGE.rglob("*") if p.suffix in _SOURCES):
        known.update(f"\n{path.relative_to(_PACKAGE)}\n".encode() + path.read_bytes())
    # Their names say name and version; reading the metadata of all would take ten times as long.
    for folder in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        known.update("\n".join(sorted(p.name for p in Path(folder).glob("*-info"))).encode())
    return known.hexdigest()
