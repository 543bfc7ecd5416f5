"""The variable parts of a message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from provenfix.load import load
from provenfix.match import variables

ROOT = Path(__file__).parents[2]
PATTERNS = sorted(
    {
        signature.pattern
        for entry in load(ROOT).house().entries.values()
        for signature in entry.facts.signatures
    }
)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("plain words", "plain words"),
        (r"\(\d+x\d+ and \d+x\d+\)", r"\((\d+)x(\d+) and (\d+)x(\d+)\)"),
        (r"Target -?\d+ is", r"Target (-?\d+) is"),
        (r"found [A-Z][a-z]+ there", r"found ([A-Z][a-z]+) there"),
        (r"got \[[^\]]*\] at", r"got \[([^\]]*)\] at"),
        (r"'[^']*'\.", r"'([^']*)'\."),
        (r"on (?:a|b) that", r"on ((?:a|b)) that"),
        (r"on (a(b)?|\(c\)) that", r"on ((?:a(?:b)?|\(c\))) that"),
        (r"x{2,3} y{1}?", r"(x{2,3}) (y{1}?)"),
        (r"no []a] set", r"no ([]a]) set"),
    ],
)
def test_grouped(pattern: str, expected: str) -> None:
    """There is one group around what a pattern leaves open, and neighbours share one."""
    assert expected == variables.grouped(pattern)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_grouping_keeps_every_pattern_of_the_repository(pattern: str) -> None:
    """Without its groups a pattern is what it was, and its groups are those that are counted."""
    found = variables.grouped(pattern)
    brackets = re.compile(r"(\\.|\[(?:\\.|[^\]])*\])|\((?:\?:)?|\)")
    bare = [brackets.sub(lambda one: one[1] or "", text) for text in (pattern, found)]

    assert bare[0] == bare[1]
    assert variables.count(pattern) == re.compile(found).groups


def test_values() -> None:
    """The values are those of the first place that matches, in the pattern's order."""
    pattern = r"shapes \(\d+x\d+ and \d+x\d+\)"

    assert ("16", "8192", "2048", "10") == variables.values(pattern, "shapes (16x8192 and 2048x10)")
    assert () == variables.values(pattern, "other words")


def test_alternatives_have_no_order() -> None:
    """Alternatives outside of groups are refused, since the second value would be of either."""
    with pytest.raises(ValueError, match="no alternatives"):
        variables.grouped(r"a \d+|b \w+")
