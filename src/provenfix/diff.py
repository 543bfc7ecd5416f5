"""A fix as a reader would apply it: the difference between repro.py and the fix. Pure."""

from __future__ import annotations

import difflib

from provenfix.model import CONTROL, Entry


def against_repro(entry: Entry, claim: str, context: int = 2) -> str:
    """The unified diff from repro.py to a claim's script; empty if the claim runs repro.py itself.

    Args:
        entry: The entry.
        claim: The claim's id.
        context: Unchanged lines around each change.
    """
    name = entry.script_of(claim)
    before, after = (entry.scripts[n].text.splitlines() for n in (CONTROL, name))
    lines = difflib.unified_diff(
        before, after, f"{CONTROL}.py", f"{name}.py", n=context, lineterm=""
    )
    return "\n".join(lines)
