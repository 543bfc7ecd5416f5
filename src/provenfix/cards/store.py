"""Cards on disk: a folder that is its own cache; each picture names what it was drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from provenfix import digest, files
from provenfix.cards import draw
from provenfix.cards.card import Card
from provenfix.cards.layout import layout
from provenfix.cards.shapes import Shape

_HEAD = 256
"""Bytes of a picture that hold its key."""


def put(folder: Path, cards: Mapping[str, Card]) -> dict[str, bool]:
    """Draw the cards that are not there as they should be; leave the others alone.

    Args:
        folder: Where they lie.
        cards: Path below the folder -> what it says.

    Returns:
        Path -> whether it was drawn.
    """
    engine = draw.engine()
    return {name: _put(folder / name, card, engine) for name, card in cards.items()}


def _put(path: Path, card: Card, engine: str) -> bool:
    shapes = layout(card, draw.measure)
    key = _key(shapes, engine)
    if path.is_file():
        with path.open("rb") as file:
            if key.encode() in file.read(_HEAD):
                return False
    return files.replace_bytes(path, draw.png(shapes, key))


def _key(shapes: tuple[Shape, ...], engine: str) -> str:
    return digest.of_bytes(f"{engine} {shapes}".encode())
