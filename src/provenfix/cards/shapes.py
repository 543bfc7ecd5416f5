"""What a card is drawn of. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenfix.cards.glyphs import Font, spans
from provenfix.cards.lines import Measure

PAPER, PANEL = "#fbfaf7", "#f3f2ec"
INK, QUIET, FAINT, RULER = "#1d2421", "#56605b", "#8d9691", "#d9d8d0"
GOOD, BAD, WAITING = "#0d5c43", "#96281c", "#7a4a00"
"""The colours of docs/assets/provenfix.css."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """How words are written: on `paper`, so that their edges can be mixed with it."""

    font: Font
    size: int
    colour: str
    paper: str = PAPER


@dataclass(frozen=True, slots=True)
class Words:
    """A text that one font can write; where it begins, and how far it goes."""

    left: float
    baseline: float
    width: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle; the right and bottom edges lie outside of it."""

    left: int
    top: int
    right: int
    bottom: int
    colour: str


@dataclass(frozen=True, slots=True)
class Trace:
    """A line through points, with round ends."""

    points: tuple[Point, ...]
    width: float
    colour: str
    paper: str = PAPER


Shape = Words | Block | Trace


def words(
    text: str, left: float, baseline: float, style: Style, measure: Measure
) -> Iterator[Words]:
    """A line from a place on, in as many parts as it takes fonts."""
    for font, part in spans(text, style.font):
        width = measure(part, font, style.size)
        own = Style(font, style.size, style.colour, style.paper)
        yield Words(left, baseline, width, part, own)
        left += width


def placed(points: tuple[Point, ...], left: float, top: float, unit: float) -> tuple[Point, ...]:
    """Points of a drawing at its place and in its size."""
    return tuple((left + x * unit, top + y * unit) for x, y in points)
