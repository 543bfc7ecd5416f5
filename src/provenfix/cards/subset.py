"""The fonts of the cards, made again from whole ones (on Debian: fonts-noto-cjk, -dejavu-core)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from provenfix.cards.glyphs import Font, path

_WHOLE = {
    Font.SANS: "opentype/noto/NotoSansCJK-Bold.ttc",
    Font.MONO: "truetype/dejavu/DejaVuSansMono.ttf",
    Font.MONO_BOLD: "truetype/dejavu/DejaVuSansMono-Bold.ttf",
}
_SIMPLIFIED = 2
"""The number of Noto Sans CJK SC within its collection."""
_PUNCTUATION = (
    "U+0020-007E,U+00A0-00FF,U+2010-2027,U+2030-2033,U+2190-2193,U+2212,U+2260,U+2264-2265,"
    "U+3000-301F,U+FF01-FF5E,U+FFE5"
)
"""Latin letters too; a font that lacks some of these goes without them."""
_OPTIONS = (
    *("--layout-features=", "--no-hinting", "--name-IDs=0,1,2,3,4,5,6,13,14"),
    "--drop-tables+=BASE,FFTM,GDEF,GPOS,GSUB,VORG,vhea,vmtx,kern,gasp",
)


def common() -> str:
    """The 3,755 characters of GB 2312, level 1, the common ones of Chinese."""
    codes = ((high, low) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return "".join(bytes(code).decode("gb2312") for code in codes if code <= (0xD7, 0xF9))


def make(fonts: Path, texts: Iterable[str]) -> None:
    """Write the fonts of the cards.

    Args:
        fonts: The folder of whole fonts, like /usr/share/fonts.
        texts: More texts that the cards must be able to write.
    """
    han = {c for text in texts for c in text if "\u4e00" <= c <= "\u9fff"}
    for font, whole in _WHOLE.items():
        chinese = font is Font.SANS
        text = "".join(sorted({*common(), *han})) if chinese else ""
        command = (
            *(sys.executable, "-m", "fontTools.subset", str(fonts / whole), *_OPTIONS),
            *(f"--text={text}", f"--unicodes={_PUNCTUATION}"),
            *([f"--font-number={_SIMPLIFIED}"] if chinese else []),
            f"--output-file={path(font)}",
        )
        subprocess.run(command, check=True)
