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


def test_long_sentence_is_cut_at_a_word() -> None:
    """A sentence that would fill the first screen is cut, but never before what matched ends."""
    late = f"{'word ' * 60}the heart {'more ' * 20}"
    short = wordings.recorded(_cell(f"the heart {'more ' * 80}")).lines

    assert wordings.recorded(_cell(late)).lines.endswith("the heart …")
    assert short.endswith("more …")
    assert 200 < len(short) < 240


def test_first_sentence_of_a_long_message() -> None:
    """Of a long message the sentence that matched is shown, and the rest is folded."""
    advice = "Specify this or that if you need to. " * 6
    wording = wordings.recorded(_cell(f"This is the heart of it. {advice}"))

    assert "RuntimeError: This is the heart of it. …" == wording.lines
    assert wording.whole.endswith(advice)


TRACEBACK = (
    "Traceback (most recent call last):",
    '  File "repro.py", line 12, in <module>',
    "    model(images)",
    "    ~~~~~^^^^^^^^",
    '  File "<site-packages>/torch/nn/modules/linear.py", line 134, in forward',
    "    return F.linear(input)",
    "           ^^^^^^^^^^^^^^^",
)


def test_last_lines_hold_the_programs_own_frame() -> None:
    """Of a traceback the frame in the program and the error are shown; underlines say nothing."""
    cell = _cell("no").model_copy(update={"traceback": (*TRACEBACK, "E: no", "and more")})
    expected = (
        '  File "repro.py", line 12, in <module>',
        "    model(images)",
        "  …",
        "E: no",
        "and more",
    )

    assert "\n".join(expected) == wordings.last_lines(cell)


def test_last_lines_of_a_long_error() -> None:
    """An error of many lines is cut, and the cut is marked."""
    cell = _cell("no").model_copy(update={"traceback": (*TRACEBACK[:3], "E: no", *"abcdefgh")})

    assert wordings.last_lines(cell).endswith("E: no\na\nb\nc\nd\ne\n…")


def test_last_lines_without_frames() -> None:
    """Where no frame was recorded, the end is shown as it is; nothing gives nothing."""
    assert "E: no" == wordings.last_lines(_cell("x").model_copy(update={"traceback": ("E: no",)}))
    assert "" == wordings.last_lines(_cell("x").model_copy(update={"traceback": ()}))


def test_wordings_that_read_alike_are_one() -> None:
    """A difference in what is folded makes no other wording."""
    found = [wordings.recorded(_cell("the heart", *"abcdefg", end)) for end in ("x", "y")]
    other = wordings.recorded(_cell("the heart, told otherwise"))

    assert (found[0], other) == wordings.distinct((*found, other))


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
