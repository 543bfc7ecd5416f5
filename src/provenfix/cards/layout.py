"""Where everything stands on a card. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from provenfix.cards.card import HEIGHT, WIDTH, Card
from provenfix.cards.glyphs import Font, spelt
from provenfix.cards.lines import Frame, Lines, Measure, fit
from provenfix.cards.shapes import (
    BAD,
    FAINT,
    GOOD,
    INK,
    PANEL,
    PAPER,
    QUIET,
    RULER,
    WAITING,
    Block,
    Shape,
    Style,
    Trace,
    placed,
    words,
)

MARGIN = 72
RIGHT = WIDTH - MARGIN
NAME = "provenfix"

_PANEL_TOP, _PANEL_BOTTOM, _STRIP, _VERDICT = 136, 404, 470, 560
_MARK_SCALE = (2.5, 3.0), (6.3, 2.0), (10.1, 2.0), (13.9, 2.0), (17.7, 2.0), (21.5, 3.0)
_MARK_TRACE = (2.5, 12.5), (5.7, 12.5), (7.7, 8.5), (10.3, 16.7), (12.5, 12.5), (21.5, 2.5)
"""The mark, as in docs/overrides/partials/logo.html, on a field of 24 by 24."""
_TICK = (0.0, 0.5), (0.36, 0.86), (1.0, 0.14)
_LEADING = 1.3
"""The height of a line as a multiple of the size of its letters."""

_TWO = 73
"""Room for one line, or for two of size 28."""


def layout(card: Card, measure: Measure) -> tuple[Shape, ...]:
    """Everything on a card, in the order in which it is drawn.

    Args:
        card: What it says.
        measure: Knows how wide a text is.
    """
    return (
        Block(0, 0, WIDTH, HEIGHT, PAPER),
        *_edge(),
        *_header(card, measure),
        *_body(card, measure),
        *_strip(card, measure),
        *_verdict(card, measure),
    )


def _edge() -> Iterator[Shape]:
    """The ruler of the site's header along the upper edge."""
    for number, left in enumerate(range(0, WIDTH, 16)):
        yield Block(left, 0, left + 2, 10 if number % 5 else 22, RULER)


def _header(card: Card, measure: Measure) -> Iterator[Shape]:
    unit, left, top, baseline = 2.2, MARGIN - 3, 52, 97
    for x, length in _MARK_SCALE:
        ends = ((x, 21.5), (x, 21.5 - length))
        yield Trace(placed(ends, left, top, unit), 1.3 * unit, QUIET)
    yield Trace(placed(_MARK_TRACE, left, top, unit), 2.4 * unit, GOOD)
    yield from words(NAME, MARGIN + 62, baseline, Style(Font.MONO_BOLD, 38, INK), measure)
    group = fit(spelt(card.group), _frame(Font.SANS, (28, 24, 20), 620, 40), measure)
    name, style = "".join(group.lines), Style(Font.SANS, group.size, QUIET)
    yield from words(name, RIGHT - measure(name, Font.SANS, group.size), baseline, style, measure)


def _body(card: Card, measure: Measure) -> Iterator[Shape]:
    """The error on its panel; below it what the title says beyond it."""
    bottom, title = _PANEL_BOTTOM if card.releases else _STRIP, Lines(0, ())
    if card.title:
        frame = _frame(Font.SANS, (36, 34, 32, 30, 28), RIGHT - MARGIN, _TWO)
        title = fit(spelt(card.title), frame, measure)
        bottom -= round(len(title.lines) * title.size * _LEADING) + 8
    yield Block(MARGIN, _PANEL_TOP, RIGHT, bottom, PANEL)
    yield Block(MARGIN, _PANEL_TOP, MARGIN + 6, bottom, BAD)
    yield from _error(card, bottom, measure)
    style = Style(Font.SANS, title.size, INK)
    for number, line in enumerate(title.lines):
        baseline = bottom + 18 + title.size * (1 + _LEADING * number)
        yield from words(line, MARGIN, baseline, style, measure)


def _error(card: Card, bottom: int, measure: Measure) -> Iterator[Shape]:
    """The error as printed, its class first and in bold, in the middle of the panel."""
    left, height = MARGIN + 36, bottom - _PANEL_TOP - 24
    exception = spelt(card.exception)
    frame = _frame(Font.MONO, (50, 46, 42, 38, 34, 30, 26), RIGHT - 24 - left, height)
    fitted = fit(spelt(f"{exception} {card.error}"), frame, measure)
    step, size = fitted.size * _LEADING, fitted.size
    top = (_PANEL_TOP + bottom - len(fitted.lines) * step) / 2
    for number, line in enumerate(fitted.lines):
        baseline, at = round(top + step * number + size), float(left)
        if exception and number == 0 and line.startswith(exception):
            bold = Style(Font.MONO_BOLD, size, BAD, PANEL)
            yield from words(exception, at, baseline, bold, measure)
            at += measure(exception, Font.MONO_BOLD, size)
            line = line.removeprefix(exception)
        yield from words(line, at, baseline, Style(Font.MONO, size, INK, PANEL), measure)


def _strip(card: Card, measure: Measure) -> Iterator[Shape]:
    """A ruler of releases: a long tick where the best fix is verified."""
    if not card.releases:
        return
    step = (RIGHT - MARGIN - 6) / max(len(card.releases) - 1, 1)
    yield Block(MARGIN, _STRIP, RIGHT, _STRIP + 2, RULER)
    for number, release in enumerate(card.releases):
        left = round(MARGIN + number * step)
        height, colour = (30, GOOD) if release.verified else (12, FAINT)
        yield Block(left, _STRIP - height, left + 6, _STRIP, colour)
    first, last = card.releases[0].version, card.releases[-1].version
    style, baseline = Style(Font.MONO, 20, QUIET), _STRIP + 28
    yield from words(first, MARGIN, baseline, style, measure)
    if len(card.releases) > 1:
        yield from words(last, RIGHT - measure(last, Font.MONO, 20), baseline, style, measure)


def _verdict(card: Card, measure: Measure) -> Iterator[Shape]:
    left, colour = MARGIN, GOOD if card.verified else WAITING
    if card.verified:
        yield Trace(placed(_TICK, MARGIN + 4, _VERDICT - 30, 30), 7, colour)
        left += 52
    height = _TWO if card.verified else 94
    frame = _frame(Font.SANS, (36, 34, 32, 30, 28, 26), RIGHT - left, height)
    fitted = fit(spelt(card.verdict), frame, measure)
    raised = (len(fitted.lines) - 1) * fitted.size * _LEADING / 2
    for number, line in enumerate(fitted.lines):
        baseline = round(_VERDICT - raised + number * fitted.size * _LEADING)
        yield from words(line, left, baseline, Style(Font.SANS, fitted.size, colour), measure)


def _frame(font: Font, sizes: tuple[int, ...], width: int, height: int) -> Frame:
    return Frame(font=font, sizes=sizes, width=width, height=height, leading=_LEADING)
