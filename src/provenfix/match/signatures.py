"""The exported signatures, compiled. SPEC.md, "Patterns". Pure.

Twin of docs/assets/js/match/signatures.js: change both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from provenfix.match.patterns import ANY, shape, words

HEAD_LETTERS, HEAD_LETTERS_BEFORE_BRACKET, HEAD_WORDS = 14, 24, 3
"""What the first clause of a message needs to stand for the whole."""
LONG_WORD = 4
"""Letters of a word that says something."""

_CLAUSE = re.compile(r"[.,;] | \(")
_KEY = re.compile(rf"(?<=[^A-Za-z])[A-Za-z]{{{LONG_WORD},}}(?=[^A-Za-z])")


@dataclass(frozen=True, slots=True)
class Wording:
    """Words to look for, in order; an empty one stands for any number of words.

    Args:
        entry: The entry's slug.
        words: The words and gaps.
        letters: Letters of the distinct longer words.
    """

    entry: str
    words: tuple[str, ...]
    letters: int


@dataclass(frozen=True, slots=True)
class Signature:
    """One exact signature.

    Args:
        entry: The entry's slug.
        anchor: Literal text that every match contains; empty if there is none.
        key: A whole word of the anchor; empty if it has none.
        pattern: The compiled pattern.
    """

    entry: str
    anchor: str
    key: str
    pattern: re.Pattern[str]


class Signatures:
    """All signatures, and what is looked up in them.

    Args:
        entries: Pairs of a slug and its pairs of exception and pattern.
    """

    def __init__(self, entries: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> None:
        self.exceptions: dict[str, frozenset[str]] = {}
        self.exact: list[Signature] = []
        self.wordings: list[Wording] = []
        for slug, signatures in entries:
            pairs = list(signatures)
            self.exceptions[slug] = frozenset(exception for exception, _ in pairs)
            for _, pattern in pairs:
                self._add(slug, pattern)
        names = {name for names in self.exceptions.values() for name in names}
        said = {word for wording in self.wordings for word in wording.words if word}
        self.vocabulary = frozenset(said | {name.lower() for name in names})
        self.names = frozenset(names)

    def _add(self, slug: str, pattern: str) -> None:
        taken = shape(pattern)
        key = max(_KEY.findall(taken.anchor), key=len, default="")
        self.exact.append(Signature(slug, taken.anchor, key, re.compile(taken.source, re.ASCII)))
        wordings = [_wording(slug, text) for text in (taken.skeleton, _head(taken.skeleton))]
        self.wordings += [w for w in wordings if w.letters and w not in self.wordings[-12:]]


def _wording(slug: str, text: str) -> Wording:
    said: list[str] = []
    for number, part in enumerate(text.split(ANY)):
        if number and said:
            said.append("")
        said += words(part)
    while said and not said[-1]:
        said.pop()
    letters = sum(len(word) for word in set(said) if len(word) >= LONG_WORD)
    return Wording(slug, tuple(said), letters)


def _head(skeleton: str) -> str:
    """The first clause of a message, if it says enough to stand alone."""
    for found in _CLAUSE.finditer(skeleton):
        head = skeleton[: found.start()]
        said = words(head)
        needed = HEAD_LETTERS_BEFORE_BRACKET if found[0] == " (" else HEAD_LETTERS
        if len(said) >= HEAD_WORDS and sum(map(len, said)) >= needed:
            return head
    return ""


def data(entries: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The entries of an export as pairs.

    Args:
        entries: `entries` of api/v1/signatures.json.
    """
    return [(slug, [(name, pattern) for name, pattern in pairs]) for slug, pairs in entries]
