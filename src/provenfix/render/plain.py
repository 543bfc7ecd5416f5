"""Text of entries and of runs -> clean Markdown for people who paste it elsewhere. Pure.

Unlike `escape`, whose character references keep HTML and Markdown quiet inside our own pages, this
is read as it stands: in an issue, in a terminal, by a model. So backslashes are put only where a
character would mean something, and character references only where no backslash helps everywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from provenfix.render import escape

_REMEMBERED = 4096
"""Texts that are kept: sentences of the site, versions and names of environments recur."""
_ALIVE = re.compile(
    # Left alone: `x[0]` that no link can be made of, and a `*` or `_` that opens nothing.
    r"(?P<subscript>(?<=\w)\[[A-Za-z0-9:., -]*\](?![(\[:]))"
    r"|(?<!\s)\*|\*(?!\s)"
    r"|(?<![^\W_])_"
    r"|[\\`\[\]{|~$]"
)
_TAG = re.compile(r"<(?!=?(?:\s|[\d.]+(?:[\s,]|$)))")
"""Left alone: `a < b` and `<2.6`, which no tag and no address begins like."""
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_BLOCK_START = re.compile(r"^(\d*)([#=>:]|[-+.)](?=[\s-]|$))")


def text(value: object) -> Markup:
    """Any value as plain text within a line; `inline` is for what may begin one."""
    return _text(str(value))


@lru_cache(_REMEMBERED)
def _text(value: str) -> Markup:
    return Markup(_quiet(escape.one_line(value)))


def inline(value: str) -> Markup:
    """Prose on one line: `backticks` stay code, all else is plain text."""
    line = escape.spans(value, _quiet, "`{}`".format)
    return Markup(_BLOCK_START.sub(r"\1\\\2", line))


def cell(value: str) -> Markup:
    """Prose in a cell of a table, which a bar would end even within code."""
    return Markup(re.sub(r"(?<!\\)\|", r"\\|", inline(value)))


def prose(value: str) -> Markup:
    """Prose in paragraphs, which blank lines part."""
    return Markup("\n\n").join(map(inline, escape.paragraphs(value)))


def span(value: str) -> Markup:
    """A whole text as one piece of code within a line, whatever backticks it holds."""
    line = escape.one_line(value).strip()
    ticks = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    blank = " " if line.startswith("`") or line.endswith("`") else ""
    return Markup(f"{ticks}{blank}{line}{blank}{ticks}")


def address(url: str) -> Markup:
    """An address within `<...>` or `(...)`; what would end it there is percent-encoded."""
    return Markup(re.sub(r"[\s()<>\\`]", lambda found: quote(found[0]), url))


def finalize(value: object) -> Markup:
    """What templates print: text, unless a function of this module or of `escape` made it."""
    return value if isinstance(value, Markup) else text(value)


def _quiet(value: str) -> str:
    value = _ALIVE.sub(lambda found: found["subscript"] or f"\\{found[0]}", value)
    if "&" in value:
        value = _REFERENCE.sub("&amp;", value)
    return _TAG.sub("&lt;", value) if "<" in value else value
