"""What the site that stands has of an entry already: its files go into the next site as they are.

They are linked, not copied: both folders name the same files, which nobody writes to afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from provenfix.render.api import Part
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
        part: What it adds to the files about all entries.
        pages: Its pages, as what is searched.
        files: Its files.
    """

    key: str
    part: Part
    pages: tuple[Page, ...]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A built site.

    Args:
        site: Its folder, which need not exist any more.
        made: What it was made of, by slug.
    """

    site: Path
    made: Mapping[str, Made] = field(default_factory=dict)

    def link(self, slug: str, key: str, into: Path) -> Made | None:
        """Put an entry's files into another site.

        Args:
            slug: The entry.
            key: What its files must have been made of.
            into: The folder of the other site, on the same file system.

        Returns:
            What was made earlier; None if there is nothing, if it was made of something else, or
            if a file is not as it was left.
        """
        made = self.made.get(slug)
        if made is None or made.key != key:
            return None
        try:
            if any(look(self.site, file.path) != file for file in made.files):
                return None
        except FileNotFoundError:
            return None
        for folder in {os.path.dirname(file.path) for file in made.files}:
            (into / folder).mkdir(parents=True, exist_ok=True)
        for file in made.files:
            os.link(self.site / file.path, into / file.path)
        return made


def look(site: Path, path: str) -> File:
    """A file of a site as it is now.

    Raises:
        FileNotFoundError: There is none.
    """
    found = os.stat(site / path)
    return File(path, found.st_size, found.st_mtime_ns)
