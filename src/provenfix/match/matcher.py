"""Finds the entries whose signatures a text holds. Pure.

A signature is looked for only in texts that hold its literal anchor, line by line and, for lines
that a terminal wrapped, in the whole text with its line breaks read as blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from provenfix.match.anchors import anchor
from provenfix.model import Entry, Signature

WITH_EXCEPTION, WITHOUT_EXCEPTION = 1.0, 0.7
"""Scores of a message beside its exception's name, and of a message alone."""

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_QUOTES = str.maketrans("‘’“”`´", "''\"\"''")
_BLANKS = re.compile(r"\s+")
MAX_TEXT = 2_000_000
"""Characters read from the end of a text: the last error is the one that counts."""
MAX_LINE = 4_000
"""Characters read from one line."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits a text.

    Args:
        entry: The entry's slug.
        score: Between 0 and 1; 1 is a message beside its exception's name.
        position: Where in the normalised text the message starts.
    """

    entry: str
    score: float
    position: int


@dataclass(frozen=True, slots=True)
class _Compiled:
    entry: str
    exception: str
    anchor: str
    pattern: re.Pattern[str]


class Matcher:
    """The signatures of entries, ready to be looked for.

    Args:
        entries: The entries to recognise.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._signatures = [
            _compile(entry.slug, signature)
            for entry in entries
            for signature in entry.facts.signatures
        ]

    def match(self, text: str) -> list[Match]:
        """The entries that fit, best first: a named exception first, then what comes last."""
        lines = _readable(text)
        joined = _BLANKS.sub(" ", lines)
        best: dict[str, Match] = {}
        for signature in self._signatures:
            for found in _search(signature, lines, joined):
                old = best.get(found.entry)
                if old is None or (found.score, found.position) > (old.score, old.position):
                    best[found.entry] = found
        return sorted(best.values(), key=lambda m: (-m.score, -m.position, m.entry))


def _compile(entry: str, signature: Signature) -> _Compiled:
    pattern = signature.pattern.translate(_QUOTES)
    return _Compiled(entry, signature.exception, anchor(pattern), re.compile(pattern))


def _readable(text: str) -> str:
    """Without colours, with straight quotes and unescaped ones, each line cut to a sane length."""
    text = _ANSI.sub("", text[-MAX_TEXT:]).translate(_QUOTES).replace("\\'", "'")
    return "\n".join(line[:MAX_LINE] for line in text.splitlines())


def _search(signature: _Compiled, lines: str, joined: str) -> Iterable[Match]:
    """The places of one signature: in the lines as they are, else where a terminal wrapped them."""
    for text in (lines, joined):
        if signature.anchor not in text:
            continue
        found = list(signature.pattern.finditer(text))
        if found:
            yield from (_scored(signature, text, m) for m in found)
            return


def _scored(signature: _Compiled, text: str, found: re.Match[str]) -> Match:
    before = text[max(0, found.start() - 300) : found.start()]
    # ASCII: Chinese text is often glued to the name without a blank.
    named = re.search(rf"\b{re.escape(signature.exception)}\b", before, re.ASCII) is not None
    score = WITH_EXCEPTION if named else WITHOUT_EXCEPTION
    return Match(signature.entry, score, found.start())
