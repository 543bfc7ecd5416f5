"""Text of entries and of runs -> Markdown in which nothing of it comes alive. Pure.

Prose is plain text with `backticks` as its only markup. Every character that means something to
Markdown or HTML becomes a character reference, which both leave alone. The same string is therefore
safe in a paragraph, a heading, a table cell, a link's text and a quoted HTML attribute.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

from markupsafe import Markup

_ALIVE = re.compile(r"""[\\`*_{}\[\]<>|&"~^]""")
_BLOCK_START = re.compile(r"^( ?\d*)(#|=|[-+:.)](?=[\s-]|$))")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_BLANKS = re.compile(r"\s+")
_HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef"
_ODD = re.compile(rf"[\x00-\x1f\x7f-\x9f\u2028\u2029]|\s\s|[^\S ]|[{_HAN}] (?=[{_HAN}])")
"""What keeps a text from being one line already."""
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_CODE_SPAN = re.compile(r"`([^`]+)`")
_PARAGRAPH = re.compile(r"\n\s*\n")


def text(value: object) -> Markup:
    """Any value as plain text on one line; nothing in it is markup, not even backticks."""
    line = one_line(str(value))
    return Markup(_BLOCK_START.sub(_start, _references(line)))


def inline(value: str) -> Markup:
    """Prose on one line: `backticks` become code, all else is plain text."""
    line = spans(value, _references, lambda code: f"<code>{_references(code)}</code>")
    return Markup(_BLOCK_START.sub(_start, line))


def prose(value: str) -> Markup:
    """Prose in paragraphs, which blank lines part."""
    return Markup("\n\n").join(map(inline, paragraphs(value)))


def code(value: str, options: str) -> Markup:
    """A fenced block; its fence is longer than any run of backticks in the code.

    Args:
        value: The code; control characters in it are replaced.
        options: Language and options of the block, ours and never an entry's.
    """
    longest = max((len(run) for run in re.findall("`+", value)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markup(f"{fence}{options}\n{shown(value)}\n{fence}")


def front_matter(value: str) -> Markup:
    """Prose as a YAML string of HTML, because MkDocs writes it into the page as it is."""
    plain = one_line(value.replace("`", "").strip())
    return Markup(json.dumps(html.escape(plain), ensure_ascii=False))


def finalize(value: object) -> Markup:
    """What templates print: text, unless a function of this module made it."""
    return value if isinstance(value, Markup) else text(value)


def spans(value: str, outside: Callable[[str], str], inside: Callable[[str], str]) -> str:
    """Prose on one line, with what stands outside and inside of `backticks` made safe."""
    line = one_line(value.strip())
    if "`" not in line:
        return outside(line)
    parts = _CODE_SPAN.split(line)
    parts[::2] = map(outside, parts[::2])
    parts[1::2] = map(inside, parts[1::2])
    return "".join(parts)


def paragraphs(value: str) -> list[str]:
    """The paragraphs of prose, which blank lines part."""
    return _PARAGRAPH.split(value.strip())


def one_line(value: str) -> str:
    """A text without line breaks and control characters; Chinese loses no width to a break."""
    if not _ODD.search(value):
        return value
    return _BETWEEN_HAN.sub("", _BLANKS.sub(" ", _CONTROL.sub(" ", value)))


def shown(code: str) -> str:
    """Code without what no page can show, and without empty lines around it."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", code.replace("\r\n", "\n")).strip("\n")


def _references(value: str) -> str:
    return _ALIVE.sub(lambda match: f"&#{ord(match[0])};", value)


def _start(match: re.Match[str]) -> str:
    """A line must not begin like a heading, a list, a rule or a definition."""
    return f"{match[1]}&#{ord(match[2])};"
