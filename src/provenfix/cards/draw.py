"""Boxes -> the bytes of a PNG, with Pillow; the only module that knows it.

A card has few colours, so it is drawn in the indices of a palette: each colour has its shades over
the paper below it, and no picture has to be searched for its colours afterwards.
"""

from __future__ import annotations

import io
import math
from functools import cache
from typing import assert_never

import PIL
from PIL import Image, ImageColor, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from provenfix import digest
from provenfix.cards.card import HEIGHT, WIDTH
from provenfix.cards.glyphs import Font, path, writer
from provenfix.cards.shapes import Block, Shape, Trace, Words

_DRAWING = 1
"""Counted up when the same boxes are to look different."""
_SHADES = 15
"""From a colour's paper to the colour itself."""
_SHADE_OF = [round(share / 255 * _SHADES) for share in range(256)]
_TOUCHED = [255 * bool(shade) for shade in _SHADE_OF]
"""Tables from how much of a pixel is covered to its shade, and to whether it changes at all."""
_FINE = 4
"""Traces are drawn so many times larger, since Pillow's own lines have no smooth edges."""

Mask = tuple[tuple[int, int], Image.Image]
"""Where something lies, and how much of each pixel it covers."""


def measure(text: str, font: Font, size: int) -> float:
    """The width of a text in pixels; what the font lacks is written in another one."""
    return sum(_advance(character, font, size) for character in text)


def engine() -> str:
    """What a picture depends on besides its boxes: fonts, this module, and Pillow."""
    fonts = [digest.of_bytes(path(font).read_bytes()) for font in Font]
    return digest.of_json([_DRAWING, PIL.__version__, fonts])


def png(shapes: tuple[Shape, ...], key: str) -> bytes:
    """The picture of some boxes.

    Args:
        shapes: The boxes, the lowest first.
        key: A text that is put at the beginning of the file.
    """
    picture = _Picture()
    for shape in shapes:
        picture.draw(shape)
    info = PngInfo()
    info.add_text("key", key)
    file = io.BytesIO()
    picture.image.putpalette(picture.palette)
    picture.image.save(file, "PNG", pnginfo=info)
    return file.getvalue()


class _Picture:
    """Indices of a palette, and the palette."""

    def __init__(self) -> None:
        self.image = Image.new("L", (WIDTH, HEIGHT))
        self.canvas = ImageDraw.Draw(self.image)
        self.palette: list[int] = []
        self.shades: dict[tuple[str, str], int] = {}

    def draw(self, shape: Shape) -> None:
        """Put a shape over all others."""
        match shape:
            case Block():
                corners = (shape.left, shape.top, shape.right - 1, shape.bottom - 1)
                self.canvas.rectangle(corners, fill=self._darkest(shape.colour, shape.colour))
            case Words():
                self._cover(_written(shape), shape.style.colour, shape.style.paper)
            case Trace():
                self._cover(_traced(shape), shape.colour, shape.paper)
            case _:
                assert_never(shape)

    def _cover(self, mask: Mask, colour: str, paper: str) -> None:
        place, covered = mask
        paper_index = self._darkest(colour, paper) - _SHADES
        indices = covered.point([paper_index + shade for shade in _SHADE_OF])
        self.image.paste(indices, place, covered.point(_TOUCHED))

    def _darkest(self, colour: str, paper: str) -> int:
        """The index of a colour; its shades over the paper have those before it."""
        if (colour, paper) not in self.shades:
            number = 1 if colour == paper else _SHADES
            ends = ImageColor.getrgb(paper), ImageColor.getrgb(colour)
            for shade in range(1, number + 1):
                mixed = (a + (b - a) * shade / number for a, b in zip(*ends, strict=True))
                self.palette += map(round, mixed)
            self.shades[colour, paper] = len(self.palette) // 3 - 1
        return self.shades[colour, paper]


def _written(words: Words) -> Mask:
    size, left = words.style.size, math.floor(words.left)
    mask = Image.new("L", (math.ceil(words.width) + 2 * size, 2 * size))
    start = (words.left - left + size / 2, 1.4 * size)
    face = _face(words.style.font, size)
    ImageDraw.Draw(mask).text(start, words.text, fill=255, font=face, anchor="ls")
    return (left - size // 2, round(words.baseline - 1.4 * size)), mask


@cache
def _face(font: Font, size: int) -> ImageFont.FreeTypeFont:
    """A font in a size; without HarfBuzz, which not every Pillow has."""
    return ImageFont.truetype(str(path(font)), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(character: str, font: Font, size: int) -> float:
    """The width of one character; without kerning, that of a text is the sum of these."""
    return _face(writer(character, font), size).getlength(character)


@cache
def _traced(trace: Trace) -> Mask:
    xs, ys = zip(*trace.points, strict=True)
    left, top = int(min(xs) - trace.width), int(min(ys) - trace.width)
    right, bottom = int(max(xs) + trace.width) + 1, int(max(ys) + trace.width) + 1
    size = (right - left, bottom - top)
    mask = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    canvas, half = ImageDraw.Draw(mask), trace.width * _FINE / 2
    points = [((x - left) * _FINE, (y - top) * _FINE) for x, y in trace.points]
    canvas.line(points, fill=255, width=round(2 * half))
    for x, y in points:
        canvas.ellipse((x - half, y - half, x + half, y + half), fill=255)
    return (left, top), mask.resize(size, Image.Resampling.LANCZOS)
