"""Nothing that a card says becomes an empty box."""

from __future__ import annotations

from collections.abc import Iterator

from provenfix.cards import glyphs as fonts
from provenfix.load import Source
from provenfix.problems import Problem
from provenfix.strictyaml import Location
from provenfix.vocabulary import Vocabularies

_TIP = "choose another word, or put the character into the fonts: scripts/fonts.py"


def glyphs(source: Source, _: Vocabularies) -> Iterator[Problem]:
    """A title holds only characters that the fonts of the cards have."""
    if not fonts.FOLDER.is_dir():
        return
    titles: tuple[tuple[str, Location, str], ...] = (
        ("en.yaml", ("title",), source.entry.en.title),
        ("zh.yaml", ("title", "text"), source.entry.zh.title.text),
    )
    for file, location, title in titles:
        missing = fonts.missing(title)
        if missing:
            named = ", ".join(f"{c!r} U+{ord(c):04X}" for c in missing)
            message = f"title must hold characters of the cards' fonts only (got {named})"
            yield source.problem(file, location, message, _TIP)
