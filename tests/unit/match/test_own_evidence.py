"""Each entry is found in everything that its own repro printed, wherever it was run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provenfix import evidence
from provenfix.load import load
from provenfix.match.export import signatures
from provenfix.match.matcher import Matcher
from provenfix.model import CONTROL
from provenfix.records import Outcome

ROOT = Path(__file__).parents[3]


def _printed() -> Iterator[tuple[str, str, str]]:
    """Entry, environment and text: of each recorded error its traceback and its message."""
    loaded = load(ROOT)
    cells = {slug: source.entry.cells for slug, source in loaded.sources.items()}
    store, _ = evidence.read(ROOT, cells, loaded.folders - cells.keys())
    for (slug, environment), record in store.records.items():
        cell = record.cells.get(CONTROL)
        if cell is not None and cell.outcome is Outcome.RAISED:
            yield slug, environment, "\n".join(cell.traceback)
            yield slug, environment, f"{cell.exception}: " + "\n".join(cell.message)


def test_own_errors_come_first() -> None:
    """The recorded traceback and the recorded message of an entry lead to that entry."""
    matcher = Matcher(signatures(source.entry for source in load(ROOT).sources.values()))
    printed = list(_printed())
    lost = [
        (slug, environment, text[-200:])
        for slug, environment, text in printed
        if text.strip() and [m.entry for m in matcher.match(text).matches][:1] != [slug]
    ]

    assert printed
    assert [] == lost
