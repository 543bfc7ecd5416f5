"""Texts broken into lines of a width, in Chinese and in Latin letters. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from provenfix.cards.glyphs import LEFT_OUT, Font

Measure = Callable[[str, Font, int], float]
"""The width of a text in a font and a size, in pixels: the sum of those of its parts."""

_HAN = r"[\u2e80-\u9fff\uff10-\uff5a]"
_OPENING, _CLOSING = r"[（「“《‘【]", r"[，。、；：！？）」”》’】…]"
_WORD = rf"(?:(?!{_HAN}|{_OPENING}|{_CLOSING})\S)+"
_ATOM = re.compile(rf"\s*{_OPENING}*(?:{_HAN}|{_WORD}|{_OPENING}|{_CLOSING}){_CLOSING}*")
"""What stays on one line: a word or a Chinese character, with the punctuation that clings to it."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text in a size."""

    size: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where a text must fit.

    Args:
        font: Its font.
        sizes: The sizes to try, the largest first.
        width: Pixels of a line.
        height: Pixels of all lines together.
        leading: The height of a line as a multiple of the size.
    """

    font: Font
    sizes: Sequence[int]
    width: int
    height: int
    leading: float


def fit(text: str, frame: Frame, measure: Measure) -> Lines:
    """A text in the largest size that fits; in the smallest one it is cut, and that is marked."""
    size = frame.sizes[-1]
    for size in frame.sizes:
        lines = _wrap(text, size, frame, measure)
        room = int(frame.height / (size * frame.leading))
        if len(lines) <= room:
            return Lines(size, _even(text, lines, size, frame, measure))
    last = _wrap("".join(lines[room - 1 : room]), size, frame, measure)[0]
    return Lines(size, (*lines[: room - 1], _cut(last, size, frame, measure)))


def _even(
    text: str, lines: list[str], size: int, frame: Frame, measure: Measure
) -> tuple[str, ...]:
    """The same lines in the narrowest frame that gives no more of them: no word ends up alone."""
    for width in range(frame.width, size, -size):
        narrow = _wrap(text, size, replace(frame, width=width), measure)
        if len(narrow) > len(lines):
            break
        lines = narrow
    return tuple(lines)


def _wrap(text: str, size: int, frame: Frame, measure: Measure) -> list[str]:
    lines, line, width = [], "", 0.0
    for atom in _ATOM.findall(text):
        more = measure(atom, frame.font, size)
        if width + more <= frame.width:
            line, width = line + atom, width + more
            continue
        if line:
            lines.append(line)
        line = atom.lstrip()
        while (width := measure(line, frame.font, size)) > frame.width and len(line) > 1:
            end = _longest(line, size, frame, measure)
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line] if line else lines


def _longest(line: str, size: int, frame: Frame, measure: Measure) -> int:
    """How many characters of a word that is too long for a line go on it."""
    end = max(len(line) - 1, 1)
    while end > 1 and measure(line[:end], frame.font, size) > frame.width:
        end -= 1
    return end


def _cut(line: str, size: int, frame: Frame, measure: Measure) -> str:
    """A line with the mark at its end that something is left out."""
    atoms = _ATOM.findall(line.removesuffix(LEFT_OUT).rstrip())
    while (
        len(atoms) > 1 and measure(f"{''.join(atoms)} {LEFT_OUT}", frame.font, size) > frame.width
    ):
        atoms.pop()
    return f"{''.join(atoms).rstrip('，、：；, ')} {LEFT_OUT}"
