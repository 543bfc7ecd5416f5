"""A pasted text -> plain lines: SPEC.md, "Cleaning". Pure.

Twin of docs/assets/js/match/clean.js: change both.
"""

from __future__ import annotations

import re

MOST_CHARACTERS = 250_000
"""Read from the end of a text: the last error is the one that counts."""
MOST_LINES = 5_000
LONGEST_LINE = 2_000
"""Characters; a longer line is broken."""

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OSC = re.compile("\x1b\\][^\x07\x1b\n]{0,2000}(?:\x07|\x1b\\\\)")
_ANSI = re.compile(
    r"(?:\x1b|\\u001b|\\x1b|\\033|\\e|\^\[)\[[0-9;?]{0,20}[ -/]{0,4}[@-~]"
    # Where the escape character was lost, too.
    r"|\[(?:\d{1,3};){0,4}\d{1,3}m",
    re.ASCII,
)
_LOST = re.compile(r"\[\d", re.ASCII)
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_ENDS = re.compile("\r\n?|[\x0b\x0c]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ENTITY = re.compile("&(?:#39|apos|quot|lt|gt|amp|nbsp);")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&nbsp;": " "}
_LINKS = re.compile(r"</?a\b[^>\n]{0,1000}>")
_SLASHED = re.compile(
    r"""\\{1,4}(?:n(?=[\sA-Z\\"'`_>|\[-]|torch\.|$)|t(?=[\s\d(\\]|$))""", re.ASCII
)
_SLASHED_QUOTE = re.compile(r"""\\{1,4}(?=["'`])""")


def _table() -> dict[int, str]:
    """What becomes of characters beyond ASCII."""
    table = {0xFF01 + step: chr(0x21 + step) for step in range(94)}
    table |= dict.fromkeys([0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)], " ")
    nothing = [0xAD, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010)]
    table |= dict.fromkeys([*nothing, *range(0x202A, 0x202F), *range(0x2060, 0x2070)], "")
    table |= dict.fromkeys([0x85, 0x2028, 0x2029], "\n")
    table |= {ord(c): "'" for c in "‘’‚‛“”„‟′″´«»‹›「」『』〝〞＂＇｀"}
    table |= {ord(c): "-" for c in "‐‑‒–—―−"}
    # Box drawing: what stands upright is a bar, the rest a dash.
    table |= dict.fromkeys(range(0x2500, 0x25A0), "-")
    table |= {ord(c): "|" for c in "│┃┆┇┊┋║╎╏▌▐█▏▕"}
    return table | {
        ord(c): text
        for c, text in {
            **{"。": ".", "、": ",", "【": "[", "】": "]", "〈": "<", "〉": ">", "《": "<"},
            **{"》": ">", "×": "x", "…": "...", "❱": ">", "·": ".", "•": "*", "→": ">"},
            **{"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"},
        }.items()
    }


_TABLE = _table()


def lines(text: str) -> list[str]:
    """The last lines of a text in plain characters, with their indentation.

    Args:
        text: Anything.
    """
    text = _last(text)
    if not text.isascii():
        text = text.translate(_TABLE)
    # What stands behind a condition is slow, and rarely needed.
    if "\x1b]" in text:
        text = _OSC.sub("", text)
    if "\x1b" in text or "\\" in text or "^[" in text or _LOST.search(text):
        text = _ANSI.sub("", text)
    if _ODD.search(text):
        text = _CONTROL.sub("", _ENDS.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda found: _ENTITIES.get(found[0], "'"), text)
    if "</a>" in text:
        text = _LINKS.sub("", text)
    if "\\" in text:
        text = _SLASHED_QUOTE.sub("", _SLASHED.sub(_blank, text))
    text = text.replace('"', "'").replace("`", "'")
    plain = text.split("\n")[-MOST_LINES:]
    return [part for line in plain for part in _broken(line)]


def _last(text: str) -> str:
    """The last characters, counted as JavaScript does: one beyond the first plane is two."""
    text = text[-MOST_CHARACTERS:]
    if text.isascii():
        return text
    text = _WIDE.sub("\ufffd\ufffd", text)
    return _SURROGATE.sub("\ufffd", text)[-MOST_CHARACTERS:]


def _blank(found: re.Match[str]) -> str:
    return "\n" if found[0][-1] == "n" else " "


def _broken(line: str) -> list[str]:
    """A line in parts of a sane length, broken at blanks where there are any."""
    if len(line) <= LONGEST_LINE:
        return [line]
    parts = []
    line = re.sub("[ \t]+", " ", line)
    while len(line) > LONGEST_LINE:
        cut = line.rfind(" ", LONGEST_LINE // 2, LONGEST_LINE)
        cut = LONGEST_LINE if cut < 0 else cut
        parts.append(line[:cut])
        line = line[cut:]
    return [*parts, line]
