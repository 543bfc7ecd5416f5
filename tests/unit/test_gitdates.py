"""Dates of the history: true ones, or none."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from provenfix import gitdates
from provenfix.gitdates import Dates

FIRST = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SECOND = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
ENTRY, OTHER = "entries/one/entry.yaml", "entries/two/entry.yaml"


def _git(root: Path, *arguments: str, date: datetime = FIRST) -> None:
    who = {f"GIT_{role}_{what}": "t" for role in ("AUTHOR", "COMMITTER") for what in _WHO}
    when = {"GIT_AUTHOR_DATE": date.isoformat(), "GIT_COMMITTER_DATE": date.isoformat()}
    command = ("git", "-C", str(root), *arguments)
    subprocess.run(command, env=os.environ | who | when, check=True, capture_output=True)


_WHO = ("NAME", "EMAIL")


def _commit(root: Path, path: str, text: str, date: datetime) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "x", date=date)


def _repository(root: Path) -> Path:
    root.mkdir()
    _git(root, "init", "-q")
    _commit(root, ENTRY, "1", FIRST)
    (root / OTHER).parent.mkdir()
    (root / OTHER).write_text("1", "utf-8")
    _commit(root, ENTRY, "2", SECOND)
    return root


def test_dates_of_the_history(tmp_path: Path) -> None:
    """A file has the date of the commit that added it, and of the last one that changed it."""
    dates = gitdates.read(_repository(tmp_path / "full"))

    assert {ENTRY: FIRST, OTHER: SECOND} == dict(dates.added)
    assert SECOND == dates.last("entries/one")
    assert dates.last("entries/on", "evidence") is None


def test_shallow_clone(tmp_path: Path) -> None:
    """The oldest commit of a shallow clone holds every file, and dates none of them."""
    full = _repository(tmp_path / "full")
    shallow = tmp_path / "shallow"
    _git(tmp_path, "clone", "-q", "--depth", "1", f"file://{full}", str(shallow))

    assert Dates() == gitdates.read(shallow)


def test_without_history(tmp_path: Path) -> None:
    """In an archive without git there are no dates."""
    assert Dates() == gitdates.read(tmp_path)


def test_one_unknown_date_leaves_none() -> None:
    """Of several dates the newest counts, if all are known."""
    assert SECOND == gitdates.latest([FIRST, SECOND])
    assert gitdates.latest([FIRST, None]) is None
    assert "2026-01-02T03:04:05Z" == gitdates.written(FIRST)
