"""A pasted text -> the entries that fit, best first. SPEC.md. Pure, standard library only.

Twin of docs/assets/js/match.js: change both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from provenfix.match import clean, near
from provenfix.match.blocks import Block, Reader, Section
from provenfix.match.signatures import Signature, Signatures, data
from provenfix.match.spelling import misspelt

WITH_EXCEPTION, WITHOUT_EXCEPTION, NEAR = 100, 70, 65
"""Scores in percent: a message beside its exception's name, a message alone, and the most that a
message with differences can have."""
LONGEST_ERROR, BEFORE = 300, 200
"""Characters of a line in a result, and how far before the message it may start."""
LAST = 3
"""Blocks at the end that are compared word by word."""

_WORD = re.compile("[A-Za-z]{4,}")
_AFTER_NAME = re.compile(r"[ :(]+")


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits a text.

    Args:
        entry: The entry's slug.
        score: Between 0 and 1; 1 is a message beside its exception's name.
        line: The text that matched, cleaned.
    """

    entry: str
    score: float
    line: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a text holds.

    Args:
        matches: The entries that fit, the error that ended the program first.
        wrapper: The kind of a wrapper whose inner error the text lacks.
        nearest: Where nothing fits, the entries that share the most words.
        error: The last error, cleaned; may be empty.
    """

    matches: tuple[Match, ...] = ()
    wrapper: str | None = None
    nearest: tuple[tuple[str, float], ...] = ()
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        """The result as a JSON value."""
        return {
            "matches": [{"entry": m.entry, "score": m.score, "line": m.line} for m in self.matches],
            "wrapper": self.wrapper,
            "nearest": [{"entry": entry, "score": score} for entry, score in self.nearest],
            "error": self.error,
        }


@dataclass(frozen=True, slots=True)
class _Found:
    entry: str
    percent: int
    place: int
    start: int
    end: int
    tier: int


class Matcher:
    """Signatures, ready to be looked for.

    Args:
        exported: What `provenfix.match.export` makes, api/v1/signatures.json.
    """

    def __init__(self, exported: Mapping[str, Any]) -> None:
        rules = exported["rules"]
        self._signatures = Signatures(data(exported["entries"]))
        self._reader = Reader(rules, self._signatures.vocabulary, self._signatures.names)
        self._wrappers = [
            (str(kind), re.compile(text, re.ASCII)) for kind, text in rules["wrappers"]
        ]
        self._quoted = re.compile(rules["quoted"], re.ASCII)
        self._generic = frozenset(rules["generic"])
        self._nearness = near.Nearness(self._signatures.wordings)
        self._keys: dict[str, list[int]] = {}
        for number, signature in enumerate(self._signatures.exact):
            self._keys.setdefault(signature.key, []).append(number)

    def match(self, text: str) -> Result:
        """What a text holds.

        Args:
            text: Anything that people paste.
        """
        paste = self._reader.read(clean.lines(text))
        blocks = paste.blocks
        if paste.raised:
            blocks = [*blocks, Block(paste.raised, Section())]
        wrappers = [self._wrapper(block) for block in blocks]
        found = self._exact(blocks, wrappers)
        inner = [
            place
            for place, block in enumerate(blocks)
            if block.starts and not block.soft and not wrappers[place]
        ]
        found += self._similar(blocks, wrappers, inner, found)
        ranked = _ranked(found)
        return Result(
            tuple(_match(blocks, one) for one in ranked),
            None if inner else self._lonely(blocks, wrappers, ranked),
            () if ranked else self._nearest(blocks, wrappers, inner),
            _error(blocks, wrappers, inner),
        )

    def _exact(self, blocks: Sequence[Block], wrappers: Sequence[str]) -> list[_Found]:
        words: set[str] = set()
        for block in blocks:
            words.update(_WORD.findall(block.text))
        numbers = sorted({n for word in [*words, ""] for n in self._keys.get(word, ())})
        candidates = [self._signatures.exact[number] for number in numbers]
        return [
            found
            for place, block in enumerate(blocks)
            for signature in candidates
            if signature.anchor in block.text
            and (found := self._look(signature, block, place, wrappers[place])) is not None
        ]

    def _look(self, signature: Signature, block: Block, place: int, kind: str) -> _Found | None:
        names = self._signatures.exceptions[signature.entry]
        if not self._may_be(block, names):
            return None
        found = signature.pattern.search(block.text)
        if found is None:
            return None
        percent = WITH_EXCEPTION if block.name in names else WITHOUT_EXCEPTION
        tier = -1 if kind else 1 if block.name else 0
        return _Found(signature.entry, percent, place, found.start(), found.end(), tier)

    def _may_be(self, block: Block, names: frozenset[str]) -> bool:
        """Whether a block can be an entry's error: no other stack's, no warning, no program's."""
        if not block.name and self._quoted.match(block.text):
            return False
        if block.soft and block.name not in names:
            return False
        if block.path and self._reader.is_foreign(block.path):
            return False
        return block.section.ours or not block.section.foreign

    def _wrapper(self, block: Block) -> str:
        for kind, pattern in self._wrappers:
            if pattern.search(block.text):
                return kind
        return ""

    def _similar(
        self,
        blocks: Sequence[Block],
        wrappers: Sequence[str],
        inner: Sequence[int],
        found: Sequence[_Found],
    ) -> list[_Found]:
        """The last error, if no exact signature knows it, or a text without any."""
        if inner:
            places = [inner[-1]] if all(one.place < inner[-1] for one in found) else []
        else:
            places = [] if found else _spoken(blocks, wrappers)
        return [one for place in places for one in self._compared(blocks[place], place)]

    def _compared(self, block: Block, place: int) -> list[_Found]:
        def may(entry: str) -> bool:
            names = self._signatures.exceptions[entry]
            return self._may_be(block, names) and self._compatible(block.name, names)

        start = _message(block)
        best = self._nearness.best(
            near.split(block.text[start:], not block.name), may, not block.name
        )
        if best is None:
            return []
        percent = NEAR * best.score // best.agreed
        tier = 1 if block.name else 0
        return [_Found(best.entry, percent, place, start, len(block.text), tier)]

    def _compatible(self, name: str, names: frozenset[str]) -> bool:
        if not name or name in names or name in self._generic:
            return True
        return any(misspelt(name.lower(), other.lower()) for other in names | self._generic)

    def _lonely(
        self, blocks: Sequence[Block], wrappers: Sequence[str], ranked: Sequence[_Found]
    ) -> str | None:
        """The innermost wrapper, unless it carries its inner error's message in its own block."""
        for kind, pattern in self._wrappers:
            if kind not in wrappers:
                continue
            place = wrappers.index(kind)
            report = pattern.search(blocks[place].text)
            after = report.end() if report else 0
            told = any(one.place == place and one.start >= after for one in ranked)
            return None if told else kind
        return None

    def _nearest(
        self, blocks: Sequence[Block], wrappers: Sequence[str], inner: Sequence[int]
    ) -> tuple[tuple[str, float], ...]:
        places = inner[-1:] or _spoken(blocks, wrappers)
        messages = [blocks[place].text[_message(blocks[place]) :] for place in places]
        texts = [near.split(message, alone=True) for message in messages]
        return tuple(self._nearness.nearest(texts))


def _spoken(blocks: Sequence[Block], wrappers: Sequence[str]) -> list[int]:
    """The last blocks of a paste that names no error."""
    places = [p for p, block in enumerate(blocks) if not block.soft and not wrappers[p]]
    return places[-LAST:]


def _message(block: Block) -> int:
    """Where the message starts, after the exception's name."""
    if not block.starts:
        return 0
    at = block.text.find(block.name) + len(block.name)
    found = _AFTER_NAME.match(block.text, at)
    return found.end() if found else at


def _ranked(found: Sequence[_Found]) -> list[_Found]:
    """The best of each entry: errors before mentions, then the last one first.

    Of an entry's signatures in one block the first one counts: a wording that it is only
    `recognised_by` must not stand for the one that has the values.
    """
    best: dict[str, _Found] = {}
    for one in sorted(found, key=lambda f: (-f.tier, -f.place, -f.percent)):
        best.setdefault(one.entry, one)
    ranked = sorted(best.values(), key=lambda f: (-f.tier, -f.place, -f.percent, f.start, f.entry))
    # A wrapper is not the answer where the error in it is known.
    inner = [one for one in ranked if one.tier >= 0]
    return inner or ranked


def _match(blocks: Sequence[Block], found: _Found) -> Match:
    text = blocks[found.place].text
    start = 0 if found.start <= BEFORE else found.start
    return Match(found.entry, found.percent / 100, text[start : found.end + LONGEST_ERROR])


def _error(blocks: Sequence[Block], wrappers: Sequence[str], inner: Sequence[int]) -> str:
    named = [place for place, block in enumerate(blocks) if block.starts and not block.soft]
    places = inner or named or _spoken(blocks, wrappers)
    return blocks[places[-1]].text[:LONGEST_ERROR] if places else ""
