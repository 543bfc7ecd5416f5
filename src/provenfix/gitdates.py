"""When each file of the repository changed: one `git log`, and nothing where it cannot tell.

Dates of files on disk say when they were copied. Only the history knows when they changed, and a
date that it does not know is left out wherever it would be shown, never invented.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import accumulate
from pathlib import Path

SOURCES = ("entries", "evidence", "environments.yaml", "docs")
"""What pages are made of."""
_COMMIT = "\x01"
_TIMEOUT = 60
"""Seconds; far more than git needs for a history of many thousand commits."""


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Commit dates of files, by their path in the repository.

    Args:
        changed: When a file was last changed; deleted files are among them.
        added: When it was first added.
    """

    changed: Mapping[str, datetime] = field(default_factory=dict)
    added: Mapping[str, datetime] = field(default_factory=dict)

    def last(self, *sources: str) -> datetime | None:
        """When any of these files, or of the files in these folders, last changed.

        Args:
            sources: Paths of files or folders.

        Returns:
            The newest date; None if none is known.
        """
        known = (self._newest[source] for source in sources if source in self._newest)
        return max(known, default=None)

    @cached_property
    def _newest(self) -> Mapping[str, datetime]:
        """When each file, and each folder with anything in it, last changed."""
        newest: dict[str, datetime] = {}
        for path, date in self.changed.items():
            parts = path.split("/")
            for name in accumulate(parts, "{}/{}".format):
                newest[name] = max(date, newest.get(name, date))
        return newest


def read(root: Path) -> Dates:
    """The dates of everything that pages are made of.

    Args:
        root: The repository.

    Returns:
        What the history says; nothing where git or the history is missing.
    """
    command = (
        *("git", "-c", "core.quotePath=false", "log", "--no-renames", "--relative"),
        *("--name-status", "--decorate=short", f"--format={_COMMIT}%cI %D", "--", *SOURCES),
    )
    # In a hook of git these name another repository than the one in `root`.
    settings = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    try:
        found = subprocess.run(
            command, cwd=root, env=settings, capture_output=True, check=False, timeout=_TIMEOUT
        )
    except (OSError, subprocess.TimeoutExpired):
        return Dates()
    if found.returncode:
        return Dates()
    return parse(found.stdout.decode("utf-8", "replace").splitlines())


def parse(lines: Iterable[str]) -> Dates:
    """The dates that a log holds.

    The oldest commit of a shallow clone seems to add every file. git marks it as "grafted", and
    what it says is passed over.

    Args:
        lines: The log, the newest commit first: `\\x01DATE NAMES`, then `STATUS<tab>PATH` for each.
    """
    changed: dict[str, datetime] = {}
    added: dict[str, datetime] = {}
    date: datetime | None = None
    for line in lines:
        if line.startswith(_COMMIT):
            text, _, names = line.removeprefix(_COMMIT).partition(" ")
            grafted = "grafted" in names.split(", ")
            date = None if grafted else datetime.fromisoformat(text).astimezone(UTC)
        elif date and "\t" in line:
            status, path = line.split("\t", 1)
            changed[path] = max(date, changed.get(path, date))
            if status == "A":
                added[path] = min(date, added.get(path, date))
    return Dates(changed=changed, added=added)


def latest(dates: Iterable[datetime | None]) -> datetime | None:
    """The newest of several dates; None if any of them is not known."""
    found = list(dates)
    known = [date for date in found if date]
    return max(known) if known and len(known) == len(found) else None


def written(date: datetime) -> str:
    """A date as sitemaps, feeds and JSON-LD write it: `2026-11-23T19:03:07Z`."""
    return date.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
