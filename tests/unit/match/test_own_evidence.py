"""Whatever an entry's programs printed, wherever they were run, leads to it and to no other."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from provenfix import evidence
from provenfix.load import load
from provenfix.match.export import signatures
from provenfix.match.matcher import WITHOUT_EXCEPTION, Match, Matcher
from provenfix.records import Cell, Outcome

ROOT = Path(__file__).parents[3]

Printed = tuple[str, str, str]
"""Entry, the program that printed it, and the text."""


@cache
def _matched() -> dict[Outcome, dict[Printed, tuple[Match, ...]]]:
    """What the matcher finds in each recorded error, by its outcome; equal texts are read once."""
    loaded = load(ROOT)
    cells = {slug: source.entry.cells for slug, source in loaded.sources.items()}
    store, _ = evidence.read(ROOT, cells, loaded.folders - cells.keys())
    matcher = Matcher(signatures(source.entry for source in loaded.sources.values()))
    read = cache(lambda text: matcher.match(text).matches)
    matched: dict[Outcome, dict[Printed, tuple[Match, ...]]] = {}
    for (slug, _environment), record in store.records.items():
        for name, cell in record.cells.items():
            for text in _texts(cell):
                matched.setdefault(cell.outcome, {})[slug, name, text] = read(text)
    return matched


def _texts(cell: Cell) -> list[str]:
    """What people would paste of a cell: its traceback, or the message alone."""
    if cell.exception is None:
        return []
    texts = ["\n".join(cell.traceback), f"{cell.exception}: " + "\n".join(cell.message)]
    return [text for text in texts if text.strip()]


def test_own_errors_lead_to_their_own_entry_alone() -> None:
    """Whatever ended in an entry's own error leads to that entry and to no other."""
    printed = _matched()[Outcome.RAISED]
    lost = [
        (slug, name, [match.entry for match in matches], text[-200:])
        for (slug, name, text), matches in printed.items()
        if [match.entry for match in matches] != [slug]
    ]

    assert printed
    assert [] == lost


def test_no_recorded_error_is_matched_by_likeness() -> None:
    """A message that PyTorch really printed is known word for word, or to nobody."""
    guessed = [
        (slug, name, match.entry, match.line)
        for printed in _matched().values()
        for (slug, name, _text), matches in printed.items()
        for match in matches
        if match.score < WITHOUT_EXCEPTION / 100
    ]

    assert [] == guessed
