"""Text of entries and of runs -> HTML in which nothing of it comes alive. Pure.

The same prose as in `escape`, for pages that no Markdown parser sees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup
from markupsafe import escape as quiet

from provenfix.render import escape, highlight

_REMEMBERED = 4096
"""Texts that are kept: sentences of the site, versions and names of environments recur."""
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def text(value: object) -> Markup:
    """Any value as plain text on one line."""
    return _text(str(value))


@lru_cache(_REMEMBERED)
def _text(value: str) -> Markup:
    return quiet(escape.one_line(value))


def inline(value: str) -> Markup:
    """Prose on one line: `backticks` become code, all else is plain text."""
    return Markup(escape.spans(value, quiet, lambda code: f"<code>{quiet(code)}</code>"))


def filled(value: str, values: Sequence[str]) -> Markup:
    """Prose on one line whose `{1}`, `{2}`, ... hold the reader's values, or these until then.

    Args:
        value: Prose with placeholders, each of which has a value.
        values: The values, the first for `{1}`.
    """

    def place(found: re.Match[str]) -> str:
        return f'<span data-pf-value="{found[1]}">{text(values[int(found[1]) - 1])}</span>'

    return Markup(_PLACEHOLDER.sub(place, inline(value)))


def paragraphs(value: str) -> Markup:
    """Prose as paragraphs, which blank lines part."""
    return Markup("\n".join(f"<p>{inline(part)}</p>" for part in escape.paragraphs(value)))


def block(value: str, language: str, classes: str = "") -> Markup:
    """A block of code.

    Args:
        value: The code; control characters in it are replaced.
        language: Its language, as Pygments names it.
        classes: Further classes, ours and never an entry's.
    """
    return highlight.block(escape.shown(value), language, classes)


def finalize(value: object) -> Markup:
    """What templates print: text, unless a function of this module made it."""
    return value if isinstance(value, Markup) else text(value)
