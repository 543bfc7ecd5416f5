"""A signature's pattern, taken apart: its literal runs and its words. Pure.

The dialect (SPEC.md, "Patterns") is what Python and JavaScript read alike. The same scanner exists
in docs/assets/js/match/patterns.js, which has no parser of regular expressions to ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ANY = "\0"
"""Stands in a skeleton where a pattern is not literal and not a number."""
NUMBER = " "
"""Stands for a number: it has no words, so no other word may stand in its place."""

_QUOTES = re.compile("[\"'`]")
_TOKEN = re.compile(
    r"""(?P<escape>\\(?:[dDwWsSbB]|[^A-Za-z0-9]))
    |(?P<set>\[\^?(?:\\(?:[dDwWsS]|[^A-Za-z0-9])|[^\\\]\[^])(?:\\(?:[dDwWsS]|[^A-Za-z0-9])|[^\\\]\[])*\])
    |(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))
    |(?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})\??)
    |(?P<other>[.|^$])
    |(?P<literal>[^\\\[\](){}*+?.|^$])""",
    re.VERBOSE | re.ASCII,
)
_WORD = re.compile(r"[a-z_]+")
_DIGITS = re.compile(r"\\d|\[(?:\\d|[0-9]-[0-9]|[., ])+\]")


class DialectError(ValueError):
    """A pattern holds something that the two languages may read differently."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern taken apart.

    Args:
        source: The pattern as it is compiled: straight quotes, single blanks.
        anchor: The longest literal run that every match contains; may be empty.
        skeleton: Literal text in order, `ANY` where something else stands, nothing for a number.
    """

    source: str
    anchor: str
    skeleton: str


def shape(pattern: str) -> Shape:
    """Take a pattern apart.

    Args:
        pattern: A regular expression.

    Raises:
        DialectError: It is none of the dialect.
    """
    source = re.sub(" {2,}", " ", _QUOTES.sub("'", pattern))
    skeleton = re.sub(" {2,}", " ", re.sub("\0+", ANY, "".join(_skeleton(source))))
    runs = _top_level(source)
    return Shape(source, max(runs, key=len, default=""), skeleton)


def words(text: str) -> list[str]:
    """The words of a text: runs of ASCII letters and underscores, in lower case."""
    return _WORD.findall(text.lower())


def _tokens(source: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    while position < len(source):
        found = _TOKEN.match(source, position)
        if found is None or found.lastgroup is None:
            raise DialectError(source[position : position + 10])
        tokens.append((found.lastgroup, found[0]))
        position = found.end()
    return tokens


def _literal(kind: str, text: str) -> str | None:
    if kind == "literal":
        return text
    if kind == "escape" and not text[1].isalnum():
        return text[1]
    return None


def _skeleton(source: str) -> list[str]:
    """Literal text, groups opened; a choice in a group is a gap, of others the first is taken."""
    parts: list[str] = []
    opened: dict[int, int] = {}
    skip = depth = 0
    for kind, text in _tokens(source):
        depth += (kind == "open") - (kind == "close")
        if kind == "open":
            opened[depth] = len(parts)
        if skip and depth >= skip:
            continue
        skip = 0
        if text == "|":
            skip = depth or -1
            if depth:
                parts[opened[depth] :] = [ANY]
            continue
        literal = _literal(kind, text)
        if kind == "repeat" and text[0] in "*?{" and parts:
            # What is left out of `-?` is no word.
            parts[-1] = ANY if parts[-1] == ANY or parts[-1].isalnum() else NUMBER
        elif literal is not None:
            parts.append(literal)
        elif kind not in ("open", "close") and text not in ("\\b", "\\B", "^", "$"):
            number = _DIGITS.fullmatch(text) or (kind == "repeat" and parts[-1:] == [NUMBER])
            parts.append(NUMBER if number else ANY)
    return parts


def _top_level(source: str) -> list[str]:
    """Literal runs outside groups, without what a repeat makes optional."""
    runs, depth = [""], 0
    for kind, text in _tokens(source):
        depth += (kind == "open") - (kind == "close")
        if depth or kind == "close":
            runs.append("")
            continue
        if text == "|":
            return []
        literal = _literal(kind, text)
        if kind == "repeat":
            runs[-1] = runs[-1][:-1]
            runs.append("")
        elif literal is not None:
            runs[-1] += literal
        elif text not in ("\\b", "\\B", "^", "$"):
            runs.append("")
    return runs
