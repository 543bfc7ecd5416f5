"""What a reader recognises an error by."""

from __future__ import annotations

import pytest
from small_house import house, standing

from provenfix.model import Signature
from provenfix.records import Cell, Outcome
from provenfix.render import wordings
from provenfix.render.views import Wording


def _cell(*message: str, signature: str = "the heart") -> Cell:
    return Cell(
        inputs="0" * 64,
        outcome=Outcome.RAISED,
        exception="RuntimeError",
        message=message,
        signature=signature,
    )


def test_short_message_is_whole() -> None:
    """A message of a few lines is shown as Python prints it."""
    wording = wordings.recorded(_cell("the heart", "and more"))

    assert "RuntimeError: the heart\nand more" == wording.lines
    assert ("RuntimeError: the heart", "") == (wording.heart, wording.whole)


def test_long_message_is_folded() -> None:
    """Of a long message the first lines are shown, and the whole is kept."""
    wording = wordings.recorded(_cell("the heart", *"abcdefgh"))

    assert "RuntimeError: the heart\na\nb\nc\nd\ne" == wording.lines
    assert wording.whole.endswith("\ng\nh")


def test_wordy_message_is_shown_by_its_ends() -> None:
    """Where few but long lines come before the one that matched, they do not push the fix away."""
    wording = wordings.recorded(_cell("Load failed.", "advice " * 90, "\tthe heart"))

    assert "RuntimeError: Load failed.\n…\nthe heart" == wording.lines
    assert "advice" in wording.whole


def test_list_of_causes_is_known_by_the_one_that_matched() -> None:
    """A list shows the line that tells the error from others, not its general beginning."""
    wording = wordings.recorded(_cell("Error(s) in loading:", "\tthe heart: 2, 3"))

    assert "the heart: 2, 3" == wording.heart


def test_nested_traceback_shows_the_line_that_matched() -> None:
    """Where a worker's traceback comes first, the line with the error itself is shown."""
    nested = ("Caught it in a worker.", "Traceback:", *"abcd", "  RuntimeError: the heart")

    assert "RuntimeError: the heart" == wordings.recorded(_cell(*nested)).lines


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("plain words", "E: plain words …"),
        (r"whole sentence\.", "E: whole sentence."),
        ("found [A-Z][a-z]+ there", "E: found … there …"),
        (r"Target -?\d+ at", "E: Target N at …"),
        (r"size \[\d+\] of .* \(got \d\)", "E: size [N] of … (got N) …"),
        (r"shape '\[[^\]]*\]' is invalid", "E: shape '[…]' is invalid …"),
        (r"a\s+b\.c", "E: a…b.c …"),
    ],
)
def test_readable(pattern: str, expected: str) -> None:
    """A signature that no run showed is printed as a message, not as a regular expression."""
    assert expected == wordings.readable(Signature(exception="E", pattern=pattern))


def test_only_seen_names_its_page() -> None:
    """A wording that no run printed names its page; a recorded one is not repeated."""
    entry = standing(house()).entries["backward-twice"]
    words = "RuntimeError: but the buffers of size [N] have already been freed."
    source = "https://example.org/thread/1"

    assert (Wording(lines=words, heart=words, source=source),) == wordings.only_seen(entry)
    assert 1 == len(set(wordings.all_recorded(entry).values()))
