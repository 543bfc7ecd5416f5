"""What a page says of the reader's own message."""

from __future__ import annotations

import json
import re

import pytest
from small_house import REPOSITORY, house, standing

from provenfix import evidence
from provenfix.load import load
from provenfix.match.export import signatures
from provenfix.match.matcher import Matcher
from provenfix.render import html, wordings, yours
from provenfix.standing import EntryStanding, stand
from provenfix.words import Text

REAL = stand(load(REPOSITORY).house(), evidence.read(REPOSITORY)[0])
SPEAKING = [e.entry.slug for e in REAL.published if e.entry.en.yours]
MATCHER = Matcher(signatures(entry.entry for entry in REAL.entries.values()))
TEXT = Text("It was `{1}`.")


def _entry(*, is_yours: bool = True) -> EntryStanding:
    """`backward-twice` whose first wording leaves a word open."""
    entry = standing(house()).entries["backward-twice"]
    first, *others = entry.entry.facts.signatures
    opened = first.model_copy(update={"pattern": r"backward \w+ the graph", "yours": is_yours})
    facts = entry.entry.facts.model_copy(update={"signatures": (opened, *others)})
    entry.entry.__dict__["facts"] = facts
    for run in entry.control.values():
        if run.cell:
            run.cell.__dict__["signature"] = opened.pattern
    return entry


def test_values_are_of_the_recorded_message() -> None:
    """The values of the sentence stand in evidence, and the patterns have groups."""
    found = yours.of_entry(_entry(), TEXT)

    assert found is not None
    assert ("through",) == found.values
    assert r"backward (\w+) the graph" == json.loads(found.patterns)[0]


def test_wording_that_is_left_out() -> None:
    """Where no recorded wording is one that the sentence speaks of, there is no sentence."""
    assert yours.of_entry(_entry(is_yours=False), TEXT) is None
    assert yours.of_entry(_entry(), None) is None


def test_filled() -> None:
    """A value is text, whatever it holds, and its place is marked for the reader's own."""
    expected = (
        'It is <code><span data-pf-value="2">&lt;b&gt;</span></code>,'
        ' not <span data-pf-value="1">*a*</span>.'
    )

    assert expected == html.filled("It is `{2}`, not {1}.", ("*a*", "<b>"))


@pytest.mark.parametrize("slug", SPEAKING)
def test_values_are_found_in_a_paste(slug: str) -> None:
    """Whoever pastes a recorded message of an entry gets its values, as the matcher hands it on."""
    entry = REAL.entries[slug]
    found = yours.of_entry(entry, Text(entry.entry.en.yours or ""))
    assert found is not None
    recorded = _recorded(entry)
    named = [int(number) for number in re.findall(r"\{(\d+)\}", entry.entry.en.yours or "")]

    assert recorded
    for error in recorded:
        paste = f'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n{error}\n'
        (match,) = MATCHER.match(paste).matches
        fits = (re.search(p, match.line, re.ASCII) for p in json.loads(found.patterns))
        groups = next((fit.groups() for fit in fits if fit), ())
        assert all(groups[number - 1] for number in named), (error, match.line)


def _recorded(entry: EntryStanding) -> set[str]:
    """The recorded errors of the wordings that an entry's sentence speaks of."""
    patterns = {s.pattern for s in entry.entry.facts.signatures if s.parts}
    cells = [run.cell for run in entry.control.values() if run.cell]
    return {wordings.error_of(cell) for cell in cells if cell.signature in patterns}
