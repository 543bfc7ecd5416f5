"""What a page says of the reader's own message."""

from __future__ import annotations

import json

from small_house import house, standing

from provenfix.render import html, yours
from provenfix.standing import EntryStanding
from provenfix.words import Text

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
