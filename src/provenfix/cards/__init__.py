"""Pictures that stand for a page where it is linked: words -> boxes -> PNG.

Knows neither entries nor evidence; `render/cards.py` says what a card says. `layout` is pure;
`draw` holds all of Pillow and is imported only when something is drawn.
"""

from provenfix.cards.card import HEIGHT, WIDTH, Card, Release

__all__ = ["HEIGHT", "WIDTH", "Card", "Release"]
