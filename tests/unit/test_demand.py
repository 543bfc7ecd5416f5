"""The table of open demand in CONTRIBUTING.md says what is true of the entries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from provenfix import evidence
from provenfix.labels import labels
from provenfix.load import load
from provenfix.standing import EntryStanding, stand

ROOT = Path(__file__).parents[2]

ROW = re.compile(r"^\| ([a-z0-9-]+) \| `([^|]+)` \| (written|open) \| ([^|]+) \|$", re.MULTILINE)


def _table() -> list[tuple[str, str, str, str]]:
    """Slug, error text, state and what it waits for, of each row."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## Demand still open\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    rows = ROW.findall(section)

    assert len(lines) == len(rows), "a row that cannot be read"
    return rows


@cache
def _standings() -> Mapping[str, EntryStanding]:
    loaded = load(ROOT)
    cells = {slug: source.entry.cells for slug, source in loaded.sources.items()}
    store, _ = evidence.read(ROOT, cells, loaded.folders - cells.keys())
    return stand(loaded.house(), store).entries


def test_rows_in_order() -> None:
    """Each slug stands once: first what is written, then what is open."""
    slugs = [slug for slug, *_ in _table()]
    states = [state for _, _, state, _ in _table()]

    assert sorted(set(slugs)) == sorted(slugs)
    assert sorted(states, reverse=True) == states


@pytest.mark.parametrize(("slug", "text", "state", "needs"), _table(), ids=lambda value: value[:30])
def test_row_is_true(slug: str, text: str, state: str, needs: str) -> None:
    """A written entry waits, for what the row says, and knows the text; an open one has none."""
    entry = _standings().get(slug)

    assert (state == "written") == (entry is not None)
    if entry is None:
        return
    assert not entry.published, "has a page; take its row out"
    assert any(re.search(s.pattern, text) for s in entry.entry.facts.signatures)
    if entry.waiting and entry.waiting.code == "needs":
        say = labels("en")
        assert [say(f"capability.{name}") for name in entry.waiting.names] == [needs.strip()]


def test_no_row_is_missing() -> None:
    """Every entry that waits for a machine stands in the table."""
    waiting = {slug for slug, e in _standings().items() if e.waiting and e.waiting.code == "needs"}

    assert set() == waiting - {slug for slug, *_ in _table()}
