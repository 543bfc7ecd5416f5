"""Messages with typing errors, cut short, or worded a little differently. SPEC.md, "Near". Pure.

A wrong page is worse than none, so words may be misspelt, dropped at an end where the text ends,
or be small; a word that stands in another one's place is a different message.
Twin of docs/assets/js/match/near.js: change both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from provenfix.match.signatures import LONG_WORD, Wording
from provenfix.match.spelling import LONGEST, likeness, shortened

MOST_WORDS = 80
"""Words of a text that are compared."""
MOST_TRIED = 6
"""Wordings that are compared word by word, of those with the most words in common."""
FULL, CUT, CUT_ALONE, CUT_WORDS = 14, 20, 24, 4
"""Letters that must agree: of a whole wording, of a part beside its exception, of a part alone;
words of a part."""
MOST_PENALTY, PENALTY_SHARE = 6, 4
"""What may differ: this much, and no more than this part of what agrees."""
MISSPELT = 5
"""Letters of a word that is looked up in spite of a wrong letter."""
NEAREST, NEAREST_SHARE = 3, 34
"""How many entries are named as the nearest, and the percentage of words they need."""

_WORD = re.compile(r"[A-Za-z_]+")
_MISREAD = re.compile(r"(?<!\d)[01](?=[a-z]{2})", re.ASCII)
_READ = {"0": "o", "1": "l"}
_BOUNDARY = re.compile(r"\.\.|[^\x00-\x7f]")
_FILLERS = frozenset(
    re.findall(
        r"\w+", "a an the of to in on at is be was are were it that this by for with and or error"
    )
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in lower case, and where a message may start or end."""

    words: tuple[str, ...]
    starts: tuple[bool, ...]
    ends: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """How well a wording fits.

    Args:
        entry: The entry's slug.
        agreed: Letters that agree.
        score: The same without what differs.
    """

    entry: str
    agreed: int
    score: int


class Nearness:
    """Wordings, ready to be compared with texts.

    Args:
        wordings: The wordings.
    """

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._index: dict[str, list[int]] = {}
        for number, wording in enumerate(wordings):
            for word in dict.fromkeys(wording.words):
                if len(word) >= LONG_WORD:
                    self._index.setdefault(word, []).append(number)

    def shares(self, text: Words) -> dict[int, int]:
        """Wording -> letters of its longer words that a text holds, perhaps misspelt."""
        shared: dict[int, int] = {}
        for word in dict.fromkeys(self._known(word) for word in text.words):
            for number in self._index.get(word, ()):
                shared[number] = shared.get(number, 0) + len(word)
        return shared

    def _known(self, word: str) -> str:
        """The indexed word that differs least from a word; itself if there is none."""
        if word in self._index or len(word) < MISSPELT:
            return word
        for short in shortened(word):
            if short in self._misspelt:
                return self._misspelt[short]
        return word

    @cached_property
    def _misspelt(self) -> dict[str, str]:
        """Indexed words by what is left of them without one letter, or with all."""
        words = [word for word in self._index if MISSPELT - 1 <= len(word) <= LONGEST]
        made: dict[str, str] = {}
        for word in words:
            for short in shortened(word):
                made.setdefault(short, word)
        return made

    def best(self, text: Words, may: Callable[[str], bool], alone: bool) -> Near | None:
        """The entry that a text means, if there is just one.

        Args:
            text: The words.
            may: Whether an entry may be meant.
            alone: The text names no exception.
        """
        found: list[Near] = []
        for number in self._tried(text, may):
            near = align(self._wordings[number], text, alone)
            if near is not None:
                found.append(near)
        found.sort(key=lambda near: (-_worth(near), near.entry))
        if not found:
            return None
        first = found[0]
        rivals = [n for n in found if n.entry != first.entry]
        tied = rivals and _worth(rivals[0]) == _worth(first)
        return None if tied else first

    def _tried(self, text: Words, may: Callable[[str], bool]) -> list[int]:
        shared = self.shares(text)
        fair = [
            number
            for number, letters in shared.items()
            if (2 * letters >= self._wordings[number].letters or letters >= CUT - 4)
            and may(self._wordings[number].entry)
        ]
        fair.sort(key=lambda number: (-shared[number], number))
        return fair[:MOST_TRIED]

    def nearest(self, texts: Iterable[Words]) -> list[tuple[str, float]]:
        """The entries that share the most words with any of some texts, with their shares."""
        best: dict[str, int] = {}
        for text in texts:
            for number, letters in self.shares(text).items():
                wording = self._wordings[number]
                share = 100 * letters // wording.letters
                if share >= NEAREST_SHARE:
                    best[wording.entry] = max(share, best.get(wording.entry, 0))
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(entry, share / 100) for entry, share in ranked[:NEAREST]]


def split(text: str, alone: bool) -> Words:
    """The words of a text.

    Args:
        text: A message without its exception's name.
        alone: It has none, so that its start may be lacking.
    """
    # What a camera reads for letters.
    text = _MISREAD.sub(lambda digit: _READ[digit[0]], text)
    found = list(islice(_WORD.finditer(text), MOST_WORDS))
    between = [
        _BOUNDARY.search(text[one.end() : other.start()]) is not None
        for one, other in pairwise(found)
    ]
    first = alone or bool(found and _BOUNDARY.search(text[: found[0].start()]))
    said = tuple(match[0].lower() for match in found)
    return Words(said, (first, *between)[: len(said)], (*between, True)[-len(said) :])


def _worth(near: Near) -> int:
    return 2 * near.score - near.agreed


def align(wording: Wording, text: Words, alone: bool) -> Near | None:
    """How well a wording fits a text, if it does.

    Args:
        wording: What to look for.
        text: Where.
        alone: The text names no exception.
    """
    best: Near | None = None
    for first, last, agreed, score in _ways(wording.words, text):
        penalty = agreed - score
        whole = first == 0 and last == len(wording.words)
        needed = FULL if whole else CUT_ALONE if alone else CUT
        if agreed < needed or penalty > MOST_PENALTY or penalty * PENALTY_SHARE > agreed:
            continue
        if not whole and (last - first < CUT_WORDS or (first > 0 and last < len(wording.words))):
            continue
        near = Near(wording.entry, agreed, score)
        if best is None or _worth(near) > _worth(best):
            best = near
    return best


def _ways(said: Sequence[str], text: Words) -> Iterable[tuple[int, int, int, int]]:
    """Alignments that end where one may: first and last word of the wording, agreed letters, and
    these without what differs."""
    # One row for each word of the wording; a cell is (score, agreed, first word).
    rows: list[list[Cell]] = [[(0, 0, 0)] * (len(text.words) + 1)]
    for number, word in enumerate(said):
        row, ends = _row(number, word, said, text, rows)
        rows.append(row)
        rest = all(not word or word in _FILLERS for word in said[number + 1 :])
        last = len(said) if rest else number + 1
        for place, (score, agreed, first) in ends:
            if rest or text.ends[place - 1]:
                yield first, last, agreed, score


Cell = tuple[int, int, int]
_NEVER: Cell = (-1_000, 0, 0)


def _row(
    number: int, word: str, said: Sequence[str], text: Words, rows: Sequence[Sequence[Cell]]
) -> tuple[list[Cell], list[tuple[int, Cell]]]:
    """The cells of one word of the wording, and those in which it agrees, with their places."""
    above = rows[number]
    skip = _cost(word)
    row: list[Cell] = []
    ends: list[tuple[int, Cell]] = []
    for place in range(len(text.words) + 1):
        score, agreed, first = above[place]
        # What a message starts with may only be lacking where the text starts.
        best = (score - skip, agreed, first) if agreed or skip < 2 else _NEVER
        if place < len(text.words) and text.starts[place] and best[0] < 0:
            best = (0, 0, number + 1)
        if place:
            score, agreed, first = row[-1]
            if agreed:
                cost = _cost(text.words[place - 1]) if word else 0
                best = max(best, (score - cost, agreed, first))
            end = _agreement(number, place, said, text, rows)
            if end[1]:
                ends.append((place, end))
                best = max(best, end)
        row.append(best)
    return row, ends


def _agreement(
    number: int, place: int, said: Sequence[str], text: Words, rows: Sequence[Sequence[Cell]]
) -> Cell:
    """The best cell in which a word of the text agrees with one of the wording."""
    word, other = said[number], text.words[place - 1]
    gain, letters = likeness(word, other)
    # The last word of a text may be cut.
    if not letters and place == len(text.words) and len(other) > 1 and word.startswith(other):
        gain = letters = len(other)
    best = _grown(rows[number][place - 1], gain, letters) if letters else _NEVER
    # Two words run together, and one that a blank parts.
    if number and word and said[number - 1] and other == said[number - 1] + word:
        best = max(best, _grown(rows[number - 1][place - 1], len(other) - 1, len(other)))
    if place > 1 and word in (f"{text.words[place - 2]}{glue}{other}" for glue in ("", "_")):
        best = max(best, _grown(rows[number][place - 2], len(word) - 1, len(word)))
    return best


def _grown(cell: Cell, gain: int, letters: int) -> Cell:
    score, agreed, first = cell
    return score + gain, agreed + letters, first


def _cost(word: str) -> int:
    """What a word costs that the other side lacks."""
    if not word:
        return 0
    return 1 if word in _FILLERS or len(word) == 1 else min(len(word), MOST_PENALTY)
