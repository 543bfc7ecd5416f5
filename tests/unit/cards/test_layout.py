"""Where everything stands on a card: inside the margins, whole, and not over each other."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from card_boxes import CARD, collisions, outside, words
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from provenfix.cards import HEIGHT, WIDTH, draw, shapes
from provenfix.cards.glyphs import LEFT_OUT, Font, spelt
from provenfix.cards.layout import MARGIN, NAME, RIGHT, layout
from provenfix.cards.lines import Frame, fit
from provenfix.cards.shapes import Block

STYLES = Path(__file__).parents[3] / "docs" / "assets" / "provenfix.css"


def test_all_that_a_card_says_is_on_it() -> None:
    """Mark, name, group, error, title, verdict and the ends of the ruler are there, whole."""
    said = " ".join(w.text.strip() for w in words(CARD))

    for text in (NAME, CARD.group, CARD.title, CARD.verdict, "2.0.0", "2.15.0"):
        assert text in said
    assert f"{CARD.exception} {CARD.error}" in said
    assert LEFT_OUT not in said


def test_ruler_has_a_long_tick_for_each_verified_release() -> None:
    """As many as the evidence has; a release without one has a short tick."""
    ticks = [s for s in layout(CARD, draw.measure) if isinstance(s, Block) and s.top > HEIGHT / 2]

    assert 15 == sum(tick.colour == shapes.GOOD for tick in ticks)
    assert 1 == sum(tick.colour == shapes.FAINT for tick in ticks)


def test_class_of_the_error_stands_out() -> None:
    """It is the only text in bold and red, and nothing is lost around it."""
    bold = [w.text for w in words(CARD) if w.style.colour == shapes.BAD]

    assert ["RuntimeError:"] == bold


@settings(max_examples=60, deadline=None)
@given(
    error=st.text(min_size=1, max_size=700),
    title=st.text(alphabet="计算图 abc（）, ", max_size=120),
    verdict=st.text(alphabet="修复 version1.2, ", min_size=1, max_size=150),
    group=st.text(min_size=1, max_size=60),
    verified=st.booleans(),
)
def test_any_text_stays_inside(
    error: str, title: str, verdict: str, group: str, *, verified: bool
) -> None:
    """However long, wide or strange a text is, it is within the margins, and over nothing."""
    card = replace(CARD, error=error, title=title, verdict=verdict, group=group, verified=verified)

    assert [] == outside(card)
    assert [] == collisions(card)


def _frame(width: int, height: int) -> Frame:
    return Frame(font=Font.MONO, sizes=(40, 20), width=width, height=height, leading=1.0)


def test_text_shrinks_before_it_is_cut() -> None:
    """The largest size that fits is taken; in the smallest the rest is left out, and marked."""
    large = fit("one two", _frame(400, 40), draw.measure)
    small = fit("one two three", _frame(200, 20), draw.measure)
    cut = fit("one two three four five", _frame(200, 20), draw.measure)

    assert (40, ("one two",)) == (large.size, large.lines)
    assert (20, ("one two three",)) == (small.size, small.lines)
    assert (20, ("one two three …",)) == (cut.size, cut.lines)


def test_lines_break_between_words_and_between_chinese_characters() -> None:
    """Punctuation clings to what it belongs to, and no line is much shorter than the others."""
    latin = fit("alpha beta gamma delta", _frame(250, 40), draw.measure).lines
    chinese = fit("张量不在同一设备上，请先移动（到 cuda）", _frame(260, 60), draw.measure).lines

    assert ("alpha beta", "gamma delta") == latin
    assert "张量不在同一设备上，请先移动（到 cuda）" == "".join(chinese).replace(
        "到cuda", "到 cuda"
    )
    assert [] == [line for line in chinese if re.match("[，。）]", line) or line.endswith("（")]


def test_word_longer_than_a_line_is_broken() -> None:
    """Nothing is lost of it."""
    path = "/home/" + "a" * 70
    lines = fit(path, _frame(300, 200), draw.measure).lines

    assert path == "".join(lines)
    assert all(draw.measure(line, Font.MONO, 20) <= 300 for line in lines)


def test_picture_is_what_open_graph_wants() -> None:
    """A PNG of 1200 by 630 in few colours, with the site's paper in its corners."""
    data = draw.png(layout(CARD, draw.measure), "key")
    image = Image.open(io.BytesIO(data))
    used = image.convert("RGB")

    assert ("PNG", "P", (1200, 630)) == (image.format, image.mode, image.size)
    paper = tuple(bytes.fromhex(shapes.PAPER[1:]))
    assert [paper] * 2 == [used.getpixel((0, HEIGHT - 1)), used.getpixel((WIDTH - 1, HEIGHT - 1))]
    assert len(data) < 60_000


def test_nothing_is_drawn_outside_the_margins() -> None:
    """Beside the panel and the words there is only paper, also in the pixels."""
    image = Image.open(io.BytesIO(draw.png(layout(CARD, draw.measure), ""))).convert("RGB")
    paper = Image.new("RGB", (WIDTH, HEIGHT), shapes.PAPER)
    edges = ((0, 30, MARGIN - 2, HEIGHT), (RIGHT + 2, 30, WIDTH, HEIGHT), (0, 590, WIDTH, HEIGHT))

    for edge in edges:
        assert paper.crop(edge).tobytes() == image.crop(edge).tobytes()


def test_colours_are_those_of_the_site() -> None:
    """Each colour of a card stands in the style sheet."""
    sheet = STYLES.read_text("utf-8")
    names = ("PAPER", "PANEL", "INK", "QUIET", "FAINT", "RULER", "GOOD", "BAD", "WAITING")

    assert [] == [name for name in names if getattr(shapes, name) not in sheet]


def test_characters_that_no_font_has_do_not_show() -> None:
    """Whatever a program prints, the words on the card are made of glyphs only."""
    card = replace(CARD, error="odd \x1b[31m😀 龘 text")

    assert all(w.text == spelt(w.text) or w.text.strip() != w.text for w in words(card))
    assert not {"\x1b", "😀", "龘"} & set("".join(w.text for w in words(card)))
