"""Words that a finger, a camera or a terminal changed. Pure.

Twin of docs/assets/js/match/spelling.js: change both.
"""

from __future__ import annotations

from functools import lru_cache

from provenfix.match.signatures import LONG_WORD

LONGEST = 24
"""Letters of a word that are looked at."""


def shortened(word: str) -> list[str]:
    """A word, and what is left of it without one of its letters.

    Args:
        word: Lower case.
    """
    word = word[:LONGEST]
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


@lru_cache(maxsize=65_536)
def likeness(word: str, other: str) -> tuple[int, int]:
    """What two words give if they are one: score and agreed letters; else nothing.

    Args:
        word: A word of a wording; empty for a gap.
        other: A word of a text.
    """
    if word == other:
        return len(word), len(word)
    if not word:
        return 0, 0
    if "rn" in other and other.replace("rn", "m") == word:
        return len(word) - 1, len(word)
    distance = misspelt(word, other)
    return (len(word) - distance, len(word)) if distance else (0, 0)


def misspelt(word: str, other: str) -> int:
    """How many letters are wrong if one of two different words is the other misspelt; else 0.

    Args:
        word: Lower case.
        other: Lower case.
    """
    most = 0 if len(word) < LONG_WORD else 1 if len(word) < 6 else 2
    if not most or abs(len(word) - len(other)) > most:
        return 0
    if (_mask(word) ^ _mask(other)).bit_count() > 2 * most:
        return 0
    distance = _edits(word, other)
    return distance if distance <= most else 0


def _mask(word: str) -> int:
    """The letters of a word as bits."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 31)
    return mask


def _edits(word: str, other: str) -> int:
    """Letters to insert, drop, change or swap to make one word of another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        before2, before, row = before, row, [i]
        for j, mark in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != mark))
            if i > 1 and j > 1 and letter == other[j - 2] and mark == word[i - 2]:
                cost = min(cost, before2[j - 2] + 1)
            row.append(cost)
    return row[-1]
