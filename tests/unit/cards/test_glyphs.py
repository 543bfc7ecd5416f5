"""What the fonts of the cards can write, and what becomes of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from PIL import ImageFont

from provenfix.cards.glyphs import FOLDER, Font, characters, missing, path, spans, spelt
from provenfix.cards.subset import common
from provenfix.labels import LANGUAGES, labels
from provenfix.load import load
from provenfix.words import texts

ROOT = Path(__file__).parents[3]
SAID = ("card.", "reason.", "capability.", "list_separator")


@pytest.mark.parametrize("font", Font)
def test_table_of_characters_is_the_fonts_own(font: Font) -> None:
    """Each character of the table is drawn as something else than the box, and no other is."""
    face = ImageFont.truetype(str(path(font)), 20)
    box = bytes(face.getmask("\ufffe"))
    sample = [*sorted(characters(font))[::7], "龘", "é", "…", "Ж"]

    assert [c in characters(font) for c in sample] == [
        c.isspace() or bytes(face.getmask(c)) != box for c in sample
    ]


def test_every_common_chinese_character_is_there() -> None:
    """A new entry needs no new font: the 3,755 characters of GB 2312, level 1, with punctuation."""
    assert 3755 == len(common())
    assert "" == missing(common())
    assert "" == missing("，。、：；！？（）「」『』《》“”‘’…—·")
    assert "" == missing("".join(map(chr, range(0x20, 0x7F))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_cards_say_can_be_written(language: str) -> None:
    """No title, group or sentence of ours has a character that the fonts lack."""
    house, say = load(ROOT).house(), labels("zh" if language == "zh" else "en")
    said = {key: text for key, text in say.sentences.items() if key.startswith(SAID)}
    said |= {s: texts(entry, say.language).title.text for s, entry in house.entries.items()}
    groups = yaml.safe_load((ROOT / "entries" / "groups.yaml").read_text("utf-8"))
    said |= {f"group {name}": title[say.language] for name, title in groups.items()}

    assert {} == {key: found for key, text in said.items() if (found := missing(text))}


def test_characters_without_a_glyph_are_left_out_and_marked() -> None:
    """What no font holds never becomes a box: an ellipsis stands for it; blanks become one."""
    assert "a … … b…" == spelt("a\t龘龘\n\x1b  b😀")


def test_each_part_has_a_font_that_can_write_it() -> None:
    """An error in a fixed pitch borrows Chinese characters from the other font."""
    assert [(Font.MONO, "key "), (Font.SANS, "权重"), (Font.MONO, "'w'")] == spans(
        "key 权重'w'", Font.MONO
    )


def test_fonts_are_small_and_come_with_their_licences() -> None:
    """All fonts together stay below 1 MB, and the two licences lie beside them."""
    files = {path.name for path in FOLDER.iterdir()}

    assert {*Font, "LICENSE-DejaVu.txt", "LICENSE-NotoSansCJK.txt"} == files
    assert sum(path(font).stat().st_size for font in Font) < 1_000_000
