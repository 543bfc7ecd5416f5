"""Every claim of every entry, run for real: the same cells as `provenfix run`, as pytest items."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from provenfix.load import load
from provenfix.matrix import plan
from provenfix.matrix.session import Session
from provenfix.model import CONTROL, Entry
from provenfix.records import Cell, Outcome
from provenfix.verdict import FAILED, Observed, judge

ROOT = Path(__file__).parents[2]


def _cells() -> Iterator[object]:
    for source in load(ROOT).sources.values():
        entry = source.entry
        for name in entry.cells:
            mark = pytest.mark.gpu if plan.needs_gpu(entry, name) else pytest.mark.cpu
            yield pytest.param(entry, name, marks=mark, id=f"{entry.slug}/{name}")


@pytest.mark.parametrize(("entry", "name"), list(_cells()))
def test_cell(
    entry: Entry,
    name: str,
    session: Session,
    run_cells: Callable[[Entry, tuple[str, ...]], dict[str, Cell]],
) -> None:
    """The repro raises the entry's own error, and beside it each claim holds."""
    missing = plan.missing(entry, name, session.environment)
    if missing:
        pytest.skip(f"this machine lacks: {', '.join(missing)}")
    names = (CONTROL,) if name == CONTROL else (CONTROL, name)
    cells = run_cells(entry, names)
    seen = (
        f"{cells[name].outcome} {cells[name].exception} {cells[name].message} {cells[name].reason}"
    )
    if name == CONTROL:
        assert cells[CONTROL].outcome in (Outcome.RAISED, Outcome.PASSED), seen
    else:
        control, run = (Observed(cells[n], fresh=True) for n in names)
        assert judge(entry.facts.claims[name], control, run) not in FAILED, seen
