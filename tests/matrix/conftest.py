"""The cells of the real entries in the interpreter that runs pytest, one worker a process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from provenfix.matrix.pool import NoTorchError
from provenfix.matrix.session import Local, Session
from provenfix.model import Entry
from provenfix.records import Cell

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def session() -> Iterator[Session]:
    try:
        local = Local(sys.executable)
    except NoTorchError as error:
        pytest.fail(f"the matrix tests need torch: make .venv/test.stamp ({error})")
    with local as engine:
        yield Session(ROOT, engine)


@pytest.fixture(scope="session")
def run_cells(session: Session) -> Callable[[Entry, tuple[str, ...]], dict[str, Cell]]:
    """Run cells of an entry, each at most once in this process."""
    done: dict[tuple[str, str], Cell] = {}

    def run(entry: Entry, names: tuple[str, ...]) -> dict[str, Cell]:
        missing = [name for name in names if (entry.slug, name) not in done]
        for ran in session.run([(entry, missing)], lambda *_: None, None):
            done.update({(entry.slug, name): cell for name, cell in ran.cells.items()})
        return {name: done[entry.slug, name] for name in names}

    return run
