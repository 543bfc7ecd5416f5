"""A sample of the real entries, forked and in a fresh interpreter: the way changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenfix.load import load
from provenfix.matrix import plan
from provenfix.matrix.plan import Planned
from provenfix.matrix.pool import Pool
from provenfix.model import CONTROL, Entry
from provenfix.records import Cell
from provenfix.verdict import Observed, judge

ROOT = Path(__file__).parents[2]
ENTRIES = 5


def _sample() -> list[Entry]:
    """The first entry of each group that needs nothing special, of the first few groups."""
    found: dict[str, Entry] = {}
    for _, source in sorted(load(ROOT).sources.items()):
        facts = source.entry.facts
        claims = facts.claims.values()
        special = facts.isolate or any(claim.isolate or claim.surroundings for claim in claims)
        if not special and not facts.requires.capabilities:
            found.setdefault(facts.group, source.entry)
    return [found[group] for group in sorted(found)[:ENTRIES]]


SAMPLE = _sample()


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """An interpreter with torch."""
    with Pool(sys.executable) as started:
        yield started


def test_sample_is_whole() -> None:
    """There are as many groups with such an entry as are to be tried."""
    assert ENTRIES == len(SAMPLE)


@pytest.mark.cpu
@pytest.mark.parametrize("entry", SAMPLE, ids=lambda entry: entry.slug)
def test_fork_and_fresh_interpreter_agree(entry: Entry, pool: Pool) -> None:
    """Repro and first claim do the same, and the claim fares the same, forked or in a process."""
    cells = [cell for cell in plan.plan(entry, pool.environment) if not cell.missing][:2]
    assert 2 == len(cells)
    assert {"fork"} == {plan.request(cell)["isolate"] for cell in cells}
    forked = {cell.name: _run(pool, cell) for cell in cells}
    fresh = {cell.name: _run(pool, cell, isolate="process") for cell in cells}

    assert {n: _done(c) for n, c in fresh.items()} == {n: _done(c) for n, c in forked.items()}
    assert _verdict(entry, fresh) == _verdict(entry, forked)


def _run(pool: Pool, cell: Planned, **changes: Any) -> Cell:
    return plan.observed(cell, pool.run({**plan.request(cell), **changes}))


def _done(cell: Cell) -> dict[str, Any]:
    """What a cell did, without what it measured and printed, which differs at each run."""
    return cell.model_dump(mode="json", exclude={"measures", "stdout"} if cell.measures else None)


def _verdict(entry: Entry, cells: dict[str, Cell]) -> str:
    """How the one claim among the cells fares."""
    (name,) = cells.keys() - {CONTROL}
    control, run = (Observed(cells[cell], fresh=True) for cell in (CONTROL, name))
    return judge(entry.facts.claims[name], control, run)
