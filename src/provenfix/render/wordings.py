"""The error's text: as runs printed it, and as pages that nobody ran here show it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from provenfix.model import Signature
from provenfix.records import Cell
from provenfix.render.views import Wording
from provenfix.standing import EntryStanding

_SHOWN = 6
"""Lines of a message that are shown at once; a longer one is folded behind its own line."""
_LONG = 230
"""Characters of a message that are shown at once: six lines of a phone."""
_LINE = 150
"""Characters from which a line of a long message is cut after a sentence."""
_LAST = 6
"""Lines of an error that are shown at the end of a traceback; the whole of it is folded."""
_FRAME = re.compile(r'  File "(?P<library><)?')
_UNDERLINE = re.compile(r"\s+[\^~]+$")


_compiled = cache(re.compile)
"""Of the patterns of all entries; `re` itself remembers a few hundred."""


def error_of(cell: Cell) -> str:
    """The error that a program died of, as Python prints it; empty if it did not."""
    if cell.exception is None:
        return ""
    message = "\n".join(cell.message)
    return f"{cell.exception}: {message}" if message else cell.exception


def recorded(cell: Cell) -> Wording:
    """What a reader recognises a recorded error by: its first sentences, and what matched."""
    whole = error_of(cell)
    if "\n" not in whole and len(whole) <= _LONG:
        return Wording(lines=whole, heart=whole.strip())
    lines = whole.split("\n")
    found = _compiled(cell.signature).search(whole) if cell.signature else None
    line = whole.count("\n", 0, found.start()) if found else 0
    reach = found.end() - sum(len(before) + 1 for before in lines[:line]) if found else 0
    heart = lines[line].strip()
    short = _sentences(lines[line], reach).strip()
    if line >= _SHOWN:
        return Wording(lines=short, heart=short, whole=whole)
    shown = "\n".join(lines[:_SHOWN])
    if len(shown) <= _LONG:
        return Wording(lines=shown, heart=heart, whole="" if shown == whole else whole)
    if line == 0:
        return Wording(lines=short, heart=short, whole=whole)
    first = _sentences(lines[0], 0)
    between = ["…"] if line > 1 and not first.endswith("…") else []
    return Wording(lines="\n".join((first, *between, short)), heart=short, whole=whole)


def _sentences(line: str, reach: int) -> str:
    """A line up to the end of the sentence that reaches this far; what is left out is marked."""
    if len(line) <= _LINE:
        return line
    ends = [found.end() for found in re.finditer(r"[.!?](?= )", line)]
    end = next((end for end in ends if end >= reach), len(line))
    if end > _LONG:
        end = max(reach, line.rfind(" ", 0, _LONG))
    return line if end == len(line) else f"{line[:end]} …"


def last_lines(cell: Cell) -> str:
    """The end of a traceback: the last frame of the program itself, and the error."""
    lines = [line for line in cell.traceback if not _UNDERLINE.match(line)]
    frames = {i: found for i, line in enumerate(lines) if (found := _FRAME.match(line))}
    if not frames:
        return "\n".join(lines[-_LAST:])
    end = max(frames) + 1
    end = next((i for i in range(end, len(lines)) if not lines[i].startswith(" ")), len(lines))
    error = lines[end:]
    shown = [*error[:_LAST], "…"] if len(error) > _LAST else error
    own = max((i for i, found in frames.items() if not found["library"]), default=max(frames))
    frame = [*lines[own : own + 2], "  …"] if own < max(frames) else lines[own:end]
    return "\n".join((*frame, *shown))


def alike(one: Wording, other: Wording) -> bool:
    """Whether two wordings read the same; what is folded may differ by the run."""
    return (one.lines, one.heart) == (other.lines, other.heart)


def distinct(wordings: Iterable[Wording]) -> tuple[Wording, ...]:
    """The wordings that read differently, each as it came first."""
    found: list[Wording] = []
    for wording in wordings:
        if not any(alike(wording, other) for other in found):
            found.append(wording)
    return tuple(found)


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
