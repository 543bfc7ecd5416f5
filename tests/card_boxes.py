"""A card for tests, and what may not be wrong with where its words stand."""

from __future__ import annotations

from provenfix.cards import HEIGHT, Card, Release, draw
from provenfix.cards.layout import MARGIN, RIGHT, layout
from provenfix.cards.shapes import Words

RELEASES = tuple(Release(version=f"2.{minor}.0", verified=minor != 3) for minor in range(16))
CARD = Card(
    group="Autograd",
    exception="RuntimeError:",
    error="Trying to backward through the graph a second time.",
    title="计算图被重复反向传播",
    verdict="3 fixes verified on 15 PyTorch versions between 2.0.0 and 2.15.0",
    verified=True,
    releases=RELEASES,
    alt="",
)


def words(card: Card) -> list[Words]:
    """All words of a card, with their places."""
    return [shape for shape in layout(card, draw.measure) if isinstance(shape, Words)]


def outside(card: Card) -> list[Words]:
    """The words of a card that leave its margins."""
    return [
        w
        for w in words(card)
        if w.left < MARGIN
        or w.left + w.width > RIGHT
        or w.baseline - w.style.size < 0
        or w.baseline + w.style.size * 0.3 > HEIGHT - 30
    ]


def collisions(card: Card) -> list[tuple[str, str]]:
    """Pairs of words that lie over each other, by their letters' own height."""
    found = words(card)
    return [
        (a.text, b.text)
        for number, a in enumerate(found)
        for b in found[number + 1 :]
        if a.left < b.left + b.width - 1
        and b.left < a.left + a.width - 1
        and a.baseline - a.style.size * 0.8 < b.baseline + b.style.size * 0.2
        and b.baseline - b.style.size * 0.8 < a.baseline + a.style.size * 0.2
    ]
