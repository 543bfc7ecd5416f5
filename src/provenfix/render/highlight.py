"""Code as HTML with the classes of Pygments, in the frame that pymdownx gives it. Pure."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

_REMEMBERED = 256
"""Blocks that are kept: the other language of a page has the same ones."""


def block(code: str, language: str, classes: str = "") -> Markup:
    """A block of code.

    Args:
        code: The code.
        language: Its language, as Pygments names it; `text` has no colours.
        classes: Further classes of the block.
    """
    names = " ".join(filter(None, (f"language-{language}", classes, "highlight")))
    inner = (
        Markup(escape(code + "\n", quote=False))
        if language == "text"
        else _coloured(code, language)
    )
    return Markup('<div class="{}"><pre><span></span><code>{}</code></pre></div>').format(
        names, inner
    )


@lru_cache(maxsize=_REMEMBERED)
def _coloured(code: str, language: str) -> Markup:
    return Markup(highlight(code, _lexer(language), _formatter()))


@cache
def _lexer(language: str) -> Lexer:
    # The code is given as it is: leading blank lines are part of it.
    return get_lexer_by_name(language, stripnl=False)


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)
