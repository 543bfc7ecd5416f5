"""A fix as a reader would apply it: the difference between repro.py and the fix. Pure."""

from __future__ import annotations

import difflib

from provenfix.model import Entry


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
    head, before = _split(entry.scripts[base].text)
    _, after = _split(entry.scripts[name].text)
    lines = difflib.unified_diff(
        head + before, head + after, f"{base}.py", f"{name}.py", n=context, lineterm=""
    )
    return "\n".join(lines)


def _split(program: str) -> tuple[list[str], list[str]]:
    """The one-line docstring of a program with the blank line below it, and the lines after."""
    lines = program.splitlines()
    has = bool(lines) and lines[0].startswith('"""') and lines[0].endswith('"""')
    start = 1 if has and len(lines[0]) > 5 else 0
    if lines[start : start + 1] == [""]:
        start += 1
    return lines[:start], lines[start:]
