"""The fonts of the cards, and which characters they hold. Standard library only."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
"""Only a checkout has it; the wheel draws nothing."""
LEFT_OUT = "…"
"""Stands for characters that no font holds, so that none becomes an empty box."""


class Font(StrEnum):
    """A font by its file in `fonts/`; scripts/fonts.py makes them."""

    SANS = "NotoSansCJKsc-Bold-subset.otf"
    MONO = "DejaVuSansMono-subset.ttf"
    MONO_BOLD = "DejaVuSansMono-Bold-subset.ttf"


def path(font: Font) -> Path:
    """The file of a font."""
    return FOLDER / font


@cache
def characters(font: Font) -> frozenset[str]:
    """All characters that a font has a glyph for; every blank is a space to it."""
    data = path(font).read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for at in range(12, 12 + 16 * tables, 16):
        tag, _, start, _ = struct.unpack_from(">4sLLL", data, at)
        if tag == b"cmap":
            return frozenset(map(chr, _mapped(data[start:])))
    raise ValueError(f"{font} must have a table of characters")


def missing(text: str) -> str:
    """The characters of a text that no font holds, each once."""
    held = frozenset[str]().union(*map(characters, Font))
    return "".join(dict.fromkeys(c for c in text if not c.isspace() and c not in held))


def spelt(text: str) -> str:
    """A text as one line that the fonts can write; what they cannot is left out, and marked."""
    absent = missing(text)
    for character in absent:
        text = text.replace(character, LEFT_OUT)
    if absent:
        while 2 * LEFT_OUT in text:
            text = text.replace(2 * LEFT_OUT, LEFT_OUT)
    return " ".join(text.split())


def spans(text: str, font: Font) -> list[tuple[Font, str]]:
    """A text in parts, each with the font that writes it: this one wherever it can."""
    chosen = ((writer(character, font), character) for character in text)
    return [
        (found, "".join(character for _, character in part))
        for found, part in groupby(chosen, key=itemgetter(0))
    ]


@cache
def writer(character: str, wanted: Font) -> Font:
    """The font that writes a character: the wanted one if it can."""
    return next((f for f in (wanted, *Font) if character in characters(f)), wanted)


def _mapped(cmap: bytes) -> Iterator[int]:
    """The code points of a table `cmap`: its subtable of format 4, which has the basic plane."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    starts = (struct.unpack_from(">HHL", cmap, 4 + 8 * n)[2] for n in range(count))
    table = next(cmap[at:] for at in starts if struct.unpack_from(">H", cmap, at)[0] == 4)
    (twice,) = struct.unpack_from(">H", table, 6)
    segments = twice // 2
    ends, begins, deltas, offsets = (
        struct.unpack_from(f">{segments}H", table, 14 + part * twice + (2 if part else 0))
        for part in range(4)
    )
    for n, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        for code in range(begin, min(end, 0xFFFE) + 1):
            at = 16 + 3 * twice + 2 * n + offsets[n] + 2 * (code - begin)
            glyph = struct.unpack_from(">H", table, at)[0] if offsets[n] else code + deltas[n]
            if glyph & 0xFFFF:
                yield code
