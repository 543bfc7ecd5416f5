"""What is made of each folder of small files, remembered as long as the files stay as they are.

Reading tens of thousands of files takes long even if nothing is done with them. So, like git's
index, a table holds what the file system says of them: names, sizes, times, inodes. Where that is
as it was, the value of before holds. Where it is not, the files are read, and only if their content
is another one, too, the value is made again.

A file that changes twice within one tick of the file system's clock looks the same after the second
time. Therefore, again as in git, what the file system says is not trusted of files that were
hardly older than the moment of looking: they are read again next time.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from provenfix import digest, memory, parallel
from provenfix.cache import Cache
from provenfix.portions import Portions

YOUNG = 2_000_000_000
"""Nanoseconds; longer than a tick of any file system (FAT has two seconds)."""
FEW = 64
"""Folders that are read before a second process is worth its start."""
T = TypeVar("T")
_Stat = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Files:
    """Files of one folder.

    Args:
        data: Their content by name, in the order of the names.
        digest: The digest of it.
    """

    data: dict[str, bytes]
    digest: str


class _Known(NamedTuple):
    """What is remembered of a folder.

    Args:
        stats: What the file system says; None if it is not to be trusted.
        digest: The digest of the files.
        value: What was made of them, pickled.
    """

    stats: tuple[_Stat, ...] | None
    digest: str
    value: bytes


def names(top: Path) -> list[str]:
    """The folders in a folder, sorted, without hidden ones, which are the caches of tools."""
    if not top.is_dir():
        return []
    with os.scandir(top) as found:
        return sorted(f.name for f in found if f.name[0] != "." and f.is_dir())


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """Makes a value of each folder in another.

    Args:
        top: The folder around them.
        wanted: Whether a file of this name belongs to it.
        make: The value of a folder, from its name and its files, and from nothing else.
    """

    top: Path
    wanted: Callable[[str], bool]
    make: Callable[[str, Files], T]

    def values(self, names: Iterable[str], cache: Cache | None) -> dict[str, T]:
        """The values by name of folder, in the order of the names.

        Args:
            names: All folders; others are forgotten.
            cache: Where values are remembered; without it all are made.
        """
        if cache is None:
            return {name: self.make(name, self._read(name, self._stats(name))) for name in names}
        table, now = Portions(cache, self.top.name), time.time_ns()
        stats = {name: self._stats(name) for name in names}
        known: dict[str, _Known] = table.known
        changed = [n for n, found in stats.items() if n not in known or known[n].stats != found]
        renew = partial(self._renew, known, stats, now)
        renewed = dict(zip(changed, parallel.each(renew, changed, few=FEW), strict=True))
        found = {name: renewed.get(name) or known[name] for name in stats}
        table.keep(found)
        return {
            name: memory.of((self.top, name), one.digest, partial(pickle.loads, one.value))
            for name, one in found.items()
        }

    def _stats(self, name: str) -> tuple[_Stat, ...]:
        found = []
        with os.scandir(f"{self.top}/{name}") as files:
            for file in files:
                if self.wanted(file.name):
                    try:
                        s = file.stat()
                    except FileNotFoundError:
                        continue  # a link to nothing is how Emacs locks a file that it edits
                    found.append((file.name, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino))
        return tuple(sorted(found))

    def _read(self, name: str, stats: tuple[_Stat, ...]) -> Files:
        data = {}
        for file, *_ in stats:
            with suppress(FileNotFoundError), open(f"{self.top}/{name}/{file}", "rb") as found:
                data[file] = found.read()
        return Files(data, digest.of_json({file: digest.of_bytes(d) for file, d in data.items()}))

    def _renew(
        self, known: dict[str, _Known], all_stats: dict[str, Any], now: int, name: str
    ) -> _Known:
        stats, before = all_stats[name], known.get(name)
        # What is read may be newer than what was looked at, never older: then it looks changed.
        files = self._read(name, stats)
        if before and before.digest == files.digest:
            value = before.value
        else:
            value = pickle.dumps(self.make(name, files), pickle.HIGHEST_PROTOCOL)
        settled = all(max(mtime, ctime) < now - YOUNG for _, _, mtime, ctime, _ in stats)
        return _Known(stats if settled else None, files.digest, value)
