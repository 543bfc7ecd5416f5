"""The error's text: as runs printed it, and as pages that nobody ran here show it."""

from __future__ import annotations

import re

from provenfix.model import Signature
from provenfix.records import Cell
from provenfix.render.views import Wording
from provenfix.standing import EntryStanding

_SHOWN = 6
"""Lines of a message that are shown at once; a longer one is folded behind its own line."""
_LONG = 500
"""Characters from which a message is shown by its first line and the one that matched."""


def error_of(cell: Cell) -> str:
    """The error that a program died of, as Python prints it; empty if it did not."""
    if cell.exception is None:
        return ""
    message = "\n".join(cell.message)
    return f"{cell.exception}: {message}" if message else cell.exception


def recorded(cell: Cell) -> Wording:
    """What a reader recognises a recorded error by: its first lines, or the one that matched."""
    whole = error_of(cell)
    lines = whole.split("\n")
    found = re.search(cell.signature, whole) if cell.signature else None
    line = whole.count("\n", 0, found.start()) if found else 0
    heart = lines[line].strip()
    if line >= _SHOWN:
        return Wording(lines=heart, heart=heart, whole=whole)
    if len(whole) > _LONG and line > 0:
        return Wording(lines=f"{lines[0]}\n…\n{heart}", heart=heart, whole=whole)
    if len(lines) > _SHOWN:
        return Wording(lines="\n".join(lines[:_SHOWN]), heart=heart, whole=whole)
    return Wording(lines=whole, heart=heart)


def all_recorded(entry: EntryStanding) -> dict[str, Wording]:
    """The wording in each environment that raised the error, the newest environment first."""
    cells = {name: entry.control[name].cell for name in reversed(entry.raised_in)}
    return {name: recorded(cell) for name, cell in cells.items() if cell}


def only_seen(entry: EntryStanding) -> tuple[Wording, ...]:
    """Wordings that no run printed; each names the page that shows it."""
    matched = {run.cell.signature for run in entry.control.values() if run.cell and run.fresh}
    return tuple(
        Wording(lines=words, heart=words, source=signature.source)
        for signature in entry.entry.facts.signatures
        if signature.source and signature.pattern not in matched
        for words in (readable(signature),)
    )


_READABLE = (
    (r"(?<!\\)\[(?:\\.|[^\]\\])*\][*+?]?", "…"),
    (r"(?:-\?)?\\d[+*]?", "N"),
    (r"\\[wsS][+*]?|(?<!\\)\.[*+]\??", "…"),
    (r"\\([^\w\s])", r"\1"),
    (r"…{2,}", "…"),
)
"""Regular expressions within regular expressions, and what a reader sees in their place."""


def readable(signature: Signature) -> str:
    """A signature as a message: `size \\[\\d+\\] of .*` becomes `size [N] of …`."""
    message = signature.pattern
    for pattern, words in _READABLE:
        message = re.sub(pattern, words, message)
    end = "" if message.endswith((".", "…")) else " …"
    return f"{signature.exception}: {message}{end}"
