"""Exact signatures in pasted text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from provenfix.match.matcher import Matcher
from provenfix.match.rules import rules

SHAPES = [
    "RuntimeError",
    r"mat1 and mat2 shapes cannot be multiplied \(\d+x\d+ and \d+x\d+\)",
]
TARGET = ["IndexError", r"Target -?\d+ is out of bounds"]
PICKLE = ["AttributeError", r"Can't pickle local object '[^']*<lambda>'"]
MATCHER = Matcher(
    {
        "version": 1,
        "entries": [["shapes", [SHAPES]], ["target", [TARGET]], ["pickle", [PICKLE]]],
        "rules": rules(),
    }
)
LINE = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x5 and 3x4)"


def _found(text: str) -> list[tuple[str, float]]:
    return [(match.entry, match.score) for match in MATCHER.match(text).matches]


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        f'Traceback (most recent call last):\n  File "x.py", line 1, in <module>\n{LINE}\n',
        f"[rank0]: {LINE}",
        f"E   {LINE}",
        f"\x1b[31m{LINE}\x1b[0m",
        LINE.replace("shapes cannot", "shapes\n    cannot"),
        f"训练时报错{LINE}怎么办",
    ],
)
def test_finds_the_error_in_real_pastes(text: str) -> None:
    """Prefixes, colours, wrapped lines and Chinese around it do not hide a message."""
    assert [("shapes", 1.0)] == _found(text)


@pytest.mark.parametrize("quotes", ["''", "‘’", "`´", "\\'\\'"])
def test_quotes_of_all_kinds(quotes: str) -> None:
    """Smart, typewriter and escaped quotes are one and the same."""
    half = len(quotes) // 2
    text = f"AttributeError: Can't pickle local object {quotes[:half]}f.<lambda>{quotes[half:]}"

    assert [("pickle", 1.0)] == _found(text)


def test_message_without_its_exception_counts_less() -> None:
    """A bare message is still found, with a lower score."""
    bare = LINE.removeprefix("RuntimeError: ")

    assert [("shapes", 0.7)] == _found(bare)


def test_last_error_comes_first() -> None:
    """Of two errors in one paste, the one that ended the program leads."""
    text = f"IndexError: Target 5 is out of bounds.\n{LINE}"

    assert ["shapes", "target"] == [match.entry for match in MATCHER.match(text).matches]


@pytest.mark.parametrize("text", ["", "\0" * 10, "ValueError: nothing of ours", "mat1 and mat2"])
def test_nothing_fits(text: str) -> None:
    """A text without a whole signature matches nothing."""
    assert () == MATCHER.match(text).matches


def test_result_as_json() -> None:
    """A result says which text matched and which error was the last."""
    assert {
        "matches": [{"entry": "shapes", "score": 1.0, "line": LINE}],
        "wrapper": None,
        "nearest": [],
        "error": LINE,
    } == MATCHER.match(f"[rank1]: {LINE}").as_json()


def test_needs_the_standard_library_only() -> None:
    """The matcher can run in other people's programs: it imports nothing that must be installed."""
    code = "import sys, provenfix.match.matcher; print(*{n.partition('.')[0] for n in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert set() == {"pydantic", "yaml", "click", "jinja2", "rich"} & set(ran.stdout.split())
