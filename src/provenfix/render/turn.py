"""Two sites take turns: while one is published, the next is made of the one before it, in place.

Most of its files are right already and stay. Others are linked from the published site, not copied:
then both folders name the same file, which nobody writes to afterwards. The rest is removed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from provenfix.render.api import IndexEntry
from provenfix.search import FOLDER as SEARCH
from provenfix.search import Page


@dataclass(frozen=True, slots=True)
class File:
    """A file of a site.

    Args:
        path: Below the site's root.
        size: Bytes.
        changed: When its content was written, nanoseconds since 1970.
    """

    path: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a build made of an entry.

    Args:
        key: What it was made of.
        listed: Its place in the API's index.
        pages: Its pages, as what is searched.
        files: Its files.
    """

    key: str
    listed: IndexEntry
    pages: tuple[Page, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A site that is to be made.

    Args:
        folder: Where; the site before the published one may lie there.
        left: What that one was made of, by slug; nothing if it is not known.
        published: The published site, on the same file system; it need not exist.
        made: What that one was made of, by slug.
    """

    folder: Path
    left: Mapping[str, Made] = field(default_factory=dict)
    published: Path = Path()
    made: Mapping[str, Made] = field(default_factory=dict)

    def settle(self, keys: Mapping[str, str]) -> dict[str, Made]:
        """Have the files of all entries there that need not be made, and no others.

        The indexes of words stay; `search.index` knows them.

        Args:
            keys: What the files of each entry must have been made of, by slug.

        Returns:
            What these entries' files were made of, by slug.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        here, folders = _found(self.folder)
        kept = {
            slug: made
            for slug, made in self.left.items()
            if made.key == keys.get(slug) and all(here.get(f.path) == f for f in made.files)
        }
        stay = {file.path for made in kept.values() for file in made.files}
        stay |= {path for path in here if path.startswith(f"{SEARCH}/")}
        for path in here.keys() - stay:
            os.unlink(self.folder / path)
        used = _parents(stay)
        for path in reversed(folders):
            if path not in used:
                os.rmdir(self.folder / path)
        return kept | {
            slug: made
            for slug, made in self.made.items()
            if slug not in kept and made.key == keys.get(slug) and self._link(made)
        }

    def adopt(self, built: Path) -> None:
        """Move all files of another folder there, which is gone afterwards."""
        files, folders = _found(built)
        for path in folders:
            (self.folder / path).mkdir(exist_ok=True)
        for path in files:
            os.replace(built / path, self.folder / path)
        shutil.rmtree(built)

    def _link(self, made: Made) -> bool:
        """Link an entry's files from the published site; False if one is not as it was left."""
        try:
            if any(look(self.published, file.path) != file for file in made.files):
                return False
        except FileNotFoundError:
            return False
        for parent in {os.path.dirname(file.path) for file in made.files}:
            (self.folder / parent).mkdir(parents=True, exist_ok=True)
        for file in made.files:
            os.link(self.published / file.path, self.folder / file.path)
        return True


def look(site: Path, path: str) -> File:
    """A file of a site as it is now.

    Raises:
        FileNotFoundError: There is none.
    """
    found = os.stat(site / path)
    return File(path, found.st_size, found.st_mtime_ns)


def _found(folder: Path) -> tuple[dict[str, File], list[str]]:
    """All files of a folder by their paths, and all folders in it, outer ones first."""
    files: dict[str, File] = {}
    folders = [""]
    for below in folders:
        with os.scandir(folder / below) as found:
            for one in found:
                path = f"{below}/{one.name}" if below else one.name
                if one.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    about = one.stat(follow_symlinks=False)
                    files[path] = File(path, about.st_size, about.st_mtime_ns)
    return files, folders[1:]


def _parents(paths: Iterable[str]) -> set[str]:
    """All folders in which any of these files lies."""
    found = {""}
    for path in paths:
        parent = os.path.dirname(path)
        while parent not in found:
            found.add(parent)
            parent = os.path.dirname(parent)
    return found
