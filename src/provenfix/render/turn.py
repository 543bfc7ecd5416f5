"""Two sites take turns: while one is published, the next is made of the one before it, in place.

Most of its files are right already and stay. Others are linked from the published site, not copied:
then both folders name the same file, which nobody writes to afterwards. The rest is removed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from provenfix import files, parallel, publish
from provenfix.cache import Cache
from provenfix.search import FOLDER as SEARCH
from provenfix.search import Page


class File(NamedTuple):
    """A file of a site.

    Attributes:
        path: Below the site's root.
        size: Bytes.
        changed: When its content was written, nanoseconds since 1970.
    """

    path: str
    size: int
    changed: int


class Made(NamedTuple):
    """What a build made of an entry.

    Attributes:
        key: What it was made of.
        listed: Its place in the API's index, as plain values.
        pages: Its pages, as what is searched.
        files: Its files.
    """

    key: str
    listed: dict[str, Any]
    pages: tuple[Page, ...]
    files: tuple[File, ...]


class Turn:
    """A site that is to be made; what lies in its folder is looked at meanwhile.

    Args:
        published: The published site, on the same file system; it need not exist.
        cache: Knows what both sites were made of.
        name: Under which name.
    """

    def __init__(self, published: Path, cache: Cache, name: str) -> None:
        self.folder = publish.spare(published)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._published, self._cache, self._name = published, cache, name
        self._made: dict[str, Made] = cache.get(name, str(published)) or {}
        self._left: dict[str, Made] = cache.get(self._before, str(published)) or {}
        self._found = parallel.aside(partial(_found, self.folder))

    def settle(self, keys: Mapping[str, str]) -> dict[str, Made]:
        """Have the files of all entries there that need not be made, and no others.

        The indexes of words stay; `search.index` knows them.

        Args:
            keys: What the files of each entry must have been made of, by slug.

        Returns:
            What these entries' files were made of, by slug.
        """
        # From here on, and until it is published, it is neither what it was nor what it will be.
        self._cache.forget(self._before)
        here, folders = self._found()
        kept = {
            slug: made
            for slug, made in self._left.items()
            if made.key == keys.get(slug) and all(here.get(f.path) == f for f in made.files)
        }
        linked = {
            slug: made
            for slug, made in self._made.items()
            if slug not in kept and made.key == keys.get(slug) and self._published_has(made)
        }
        stay = {file.path for made in kept.values() for file in made.files}
        stay |= {path for path in here if path.startswith(f"{SEARCH}/")}
        come = [file.path for made in linked.values() for file in made.files]
        for path in here.keys() - stay:
            os.unlink(f"{self.folder}/{path}")
        used = _parents((*stay, *come))
        for path in reversed(folders):
            if path not in used:
                os.rmdir(f"{self.folder}/{path}")
        for path in sorted(used.difference(folders, ("",))):
            os.mkdir(f"{self.folder}/{path}")
        for path in come:
            os.link(f"{self._published}/{path}", f"{self.folder}/{path}")
        return kept | linked

    def adopt(self, built: Path) -> None:
        """Move all files of another folder there, which is gone afterwards."""
        found, folders = files.below(built)
        for path in folders:
            (self.folder / path).mkdir(exist_ok=True)
        for path in found:
            os.replace(built / path, self.folder / path)
        shutil.rmtree(built)

    def publish(self, made: Mapping[str, Made]) -> None:
        """Let both sites change places.

        Args:
            made: What was made of each entry, by slug.
        """
        publish.publish(self.folder, self._published)
        self._cache.move(self._name, self._before)
        self._cache.put(self._name, str(self._published), made)

    @property
    def _before(self) -> str:
        return f"{self._name}-before"

    def _published_has(self, made: Made) -> bool:
        """Whether an entry's files lie on the published site as they were left."""
        try:
            return all(look(self._published, file.path) == file for file in made.files)
        except FileNotFoundError:
            return False


def look(site: Path, path: str) -> File:
    """A file of a site as it is now.

    Raises:
        FileNotFoundError: There is none.
    """
    found = os.stat(f"{site}/{path}")
    return File(path, found.st_size, found.st_mtime_ns)


def _found(folder: Path) -> tuple[dict[str, File], list[str]]:
    """All files of a folder by their paths, and all folders in it, outer ones first."""
    stats, folders = files.below(folder)
    found = ((path, File(path, one.st_size, one.st_mtime_ns)) for path, one in stats.items())
    return dict(found), folders


def _parents(paths: Iterable[str]) -> set[str]:
    """All folders in which any of these files lies."""
    found = {""}
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent not in found:
            found.add(parent)
            parent = parent.rpartition("/")[0]
    return found
