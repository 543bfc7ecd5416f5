"""A fix as a reader would apply it: the difference between repro.py and the fix. Pure."""

from __future__ import annotations

import difflib

from provenfix.model import CONTROL, Entry


def against_repro(entry: Entry, claim: str, context: int = 2) -> str:
    """The unified diff from repro.py to a claim's script; empty if the claim runs repro.py itself.

    The docstrings, which say what each program shows, differ by nature and are left out.

    Args:
        entry: The entry.
        claim: The claim's id.
        context: Unchanged lines around each change.
    """
    name = entry.script_of(claim)
    before, after = (_without_docstring(entry.scripts[n].text) for n in (CONTROL, name))
    lines = difflib.unified_diff(
        before, after, f"{CONTROL}.py", f"{name}.py", n=context, lineterm=""
    )
    return "\n".join(lines)


def _without_docstring(program: str) -> list[str]:
    """The lines of a program after its one-line docstring and the blank line below it."""
    lines = program.splitlines()
    if lines and lines[0].startswith('"""') and lines[0].endswith('"""') and len(lines[0]) > 5:
        lines = lines[1:]
    return lines[1:] if lines and not lines[0] else lines
