"""The variable parts of a message: what differs from one reader to the next. Pure.

A variable part is what a pattern leaves open: a class (`\\d`, `[^']`), a dot, a group, or anything
that may be repeated or left out. Neighbours are one part: `-?\\d+` is one number. The patterns made
here mean the same in Python and in JavaScript, since `checks/safety.py` allows no lookaround.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLASS = r"\[\^?\]?(?:\\.|[^\]\\])*\]"
_TOKEN = re.compile(
    rf"(?P<set>{_CLASS}|\\[dDwWsS]|\.)"
    r"|(?P<open>\((?:\?:|\?P<\w+>)?)"
    r"|(?P<literal>\\.|[^\\])",
    re.DOTALL,
)
_REPEAT = re.compile(r"(?:[*+?]|\{\d*,?\d*\})[?+]?")


def grouped(pattern: str) -> str:
    """The same pattern with a group around each variable part, and no other groups.

    Args:
        pattern: A regular expression without alternatives at its top level.

    Raises:
        ValueError: It has such alternatives, so that its parts have no order.
    """
    made, parts = "", ""
    for text, varies in _elements(pattern):
        if varies:
            parts += text
            continue
        made, parts = made + _group(parts) + text, ""
    return made + _group(parts)


def count(pattern: str) -> int:
    """How many variable parts a pattern has."""
    return re.compile(grouped(pattern)).groups


def values(pattern: str, text: str) -> tuple[str, ...]:
    """The variable parts of the first place in a text that matches; empty if none does."""
    found = re.search(grouped(pattern), text)
    return tuple(value or "" for value in found.groups()) if found else ()


def _group(parts: str) -> str:
    return f"({parts})" if parts else ""


def _elements(pattern: str) -> Iterator[tuple[str, bool]]:
    """The elements of a pattern with their repetitions, and whether each is variable."""
    position = 0
    while position < len(pattern):
        found = _TOKEN.match(pattern, position)
        if found is None or found[0] == "|":
            raise ValueError(f"must have no alternatives outside of groups (got {pattern!r})")
        text, position = found[0], found.end()
        if found["open"]:
            text, position = _whole_group(pattern, found)
        repeat = _REPEAT.match(pattern, position)
        if repeat:
            position = repeat.end()
        varies = bool(found["set"] or repeat or found["open"])
        yield text + (repeat[0] if repeat else ""), varies


def _whole_group(pattern: str, opened: re.Match[str]) -> tuple[str, int]:
    """A group up to its end, it and its inner groups made non-capturing."""
    made, depth, position = "", 0, opened.start()
    while True:
        found = _TOKEN.match(pattern, position)
        assert found is not None, "the pattern compiles, so the group ends"
        made += "(?:" if found["open"] else found[0]
        depth += bool(found["open"]) - (found[0] == ")")
        position = found.end()
        if depth == 0:
            return made, position
