"""A fix as a reader would apply it: the difference between repro.py and the fix. Pure."""

from __future__ import annotations

import difflib
from functools import lru_cache

from provenfix.model import Entry

_REMEMBERED = 256
"""Differences that are kept: both languages of a page and the API show the same ones."""


def of_claim(entry: Entry, claim: str, context: int = 2) -> str:
    """The unified diff from repro.py to a claim's script; empty if the claim runs repro.py itself.

    A fix for another cause than that of repro.py is compared with the program that has that cause.
    The docstrings, which say what each program shows, differ by nature: the first program keeps its
    own, so that `patch -p0` finds every line where the diff says.

    Args:
        entry: The entry.
        claim: The claim's id.
        context: Unchanged lines around each change.
    """
    base, name = entry.base_of(claim), entry.script_of(claim)
    return _unified(
        f"{base}.py", entry.scripts[base].text, f"{name}.py", entry.scripts[name].text, context
    )


@lru_cache(_REMEMBERED)
def _unified(old: str, before: str, new: str, after: str, context: int) -> str:
    head, kept = _split(before)
    _, changed = _split(after)
    return "\n".join(
        difflib.unified_diff(head + kept, head + changed, old, new, n=context, lineterm="")
    )


def _split(program: str) -> tuple[list[str], list[str]]:
    """The one-line docstring of a program with the blank line below it, and the lines after."""
    lines = program.splitlines()
    has = bool(lines) and lines[0].startswith('"""') and lines[0].endswith('"""')
    start = 1 if has and len(lines[0]) > 5 else 0
    if lines[start : start + 1] == [""]:
        start += 1
    return lines[:start], lines[start:]
