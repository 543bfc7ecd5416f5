"""Packages that come before those of an environment: what `with: {packages: ...}` asks for.

An overlay is a folder with just the packages that are named, which a fresh interpreter finds first.
So the environment stays as its column says, and the next cell finds it unchanged.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from provenfix import digest
from provenfix.matrix.uv import Uv

_DISTRIBUTION = re.compile(r"^(?P<name>[\w.]+)-(?P<version>[^-]+)\.dist-info$")


class Overlays:
    """Makes overlays, each once.

    Args:
        python: The interpreter that they are for.
        minor: Its version, such as `3.11`.
        folder: Where they are kept; by default in the user's cache.
    """

    def __init__(self, python: str, minor: str, folder: Path | None = None) -> None:
        self._python, self._minor = python, minor
        self._folder = folder or _cache() / "provenfix" / "overlays"
        self._making = threading.Lock()

    def folder(self, packages: Mapping[str, str]) -> Path:
        """The folder with these packages, which is made if need be.

        Args:
            packages: Version ranges by name.

        Raises:
            EnvironmentFailedError: uv is missing, or cannot install them.
            OSError: The disk is full, or its like.
        """
        name = digest.of_json({"python": self._minor, "packages": dict(packages)})
        place = self._folder / name[: digest.ENVIRONMENT]
        with self._making:
            if not place.exists():
                self._make(place, packages)
        return place

    def _make(self, place: Path, packages: Mapping[str, str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = tempfile.mkdtemp(dir=self._folder, suffix=".part")
        target = ["--target", part, "--python", self._python]
        pins = [name + version for name, version in sorted(packages.items())]
        try:
            Uv().run("pip", "install", "--quiet", "--no-deps", *target, *pins)
            # Another process may have made the same one by now.
            if not place.exists():
                os.replace(part, place)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def versions(folder: Path) -> dict[str, str]:
    """The versions of the packages in an overlay, by name."""
    found = (_DISTRIBUTION.match(path.name) for path in folder.iterdir())
    named = {m["name"].lower().replace("_", "-"): m["version"] for m in found if m}
    return dict(sorted(named.items()))


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
