"""What the reader's own message says: the entry's sentence and its recorded values. Pure."""

from __future__ import annotations

import json

from provenfix.match import variables
from provenfix.match.patterns import shape
from provenfix.render.views import Yours
from provenfix.render.wordings import error_of
from provenfix.standing import EntryStanding
from provenfix.words import Text


def of_entry(entry: EntryStanding, text: Text | None) -> Yours | None:
    """The sentence with the values of the newest recorded message that it speaks of.

    Args:
        entry: The entry.
        text: Its sentence, if it has one.
    """
    parts = {s.pattern: s.parts for s in entry.entry.facts.signatures if s.parts}
    cells = (entry.control[name].cell for name in reversed(entry.raised_in))
    cell = next((cell for cell in cells if cell and cell.signature in parts), None)
    if text is None or cell is None or cell.signature is None:
        return None
    return Yours(
        text=text,
        values=variables.values(parts[cell.signature], error_of(cell)),
        patterns=json.dumps([_as_pasted(pattern) for pattern in parts.values()]),
    )


def _as_pasted(pattern: str) -> str:
    """The pattern for a line that the matcher has cleaned: straight quotes, single blanks."""
    return variables.grouped(shape(pattern).source)
