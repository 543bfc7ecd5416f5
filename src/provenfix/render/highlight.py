"""Code as HTML with the classes of Pygments, in the frame that pymdownx gives it. Pure.

Programs and diffs are coloured by one regular expression each. Pygments knows more of Python, but
it took two fifths of the time of a page, and it put a tag around every name, bracket and point,
which no stylesheet of ours colours. A test holds the classes against those of Pygments.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable
from functools import cache, lru_cache
from html import escape

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

_REMEMBERED = 256
"""Blocks that are kept: the other language of a page has the same ones."""

_PYTHON = re.compile(
    r"""
      (?P<c1>\#[^\n]*)
    | (?P<sd>^[ ]*(?P<doc>\"{3}|'{3})(?s:.*?)(?P=doc))
    | (?P<s2>[rRbBfFuU]{0,2}(?:(?P<long>\"{3}|'{3})(?s:.*?)(?P=long)
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
    | (?P<mf>\b\d[\d_]*\.\d*(?:e[-+]?\d+)?|\b\d+e[-+]?\d+)
    | (?P<mi>\b\d[\d_]*\b)
    | (?P<kn>\b(?:import|from)\b)
    | (?P<k>\b(?:def|class)\b)[ ]+(?P<nf>\w+)
    | (?P<word>(?<![.\w])[A-Za-z_]\w*)
    | (?P<nd>^[ ]*@[\w.]+)
    | (?P<o>(?:[-+*/%=!|^~@]|&(?:lt|gt|amp);)+)
    """,
    re.VERBOSE | re.MULTILINE,
)
"""Of code in which `<`, `>` and `&` are escaped already: done once, not for each piece."""
_DIFF = {"---": "gd", "+++": "gi", "@@ ": "gu", "-": "gd", "+": "gi"}
"""Classes of the lines of a unified diff, by how they begin; the longer beginnings come first."""
_OPERATORS = ("and", "or", "not", "in", "is")
_CONSTANTS = ("True", "False", "None")


def block(code: str, language: str, classes: str = "") -> Markup:
    """A block of code.

    Args:
        code: The code.
        language: Its language, as Pygments names it; `text` has no colours.
        classes: Further classes of the block.
    """
    names = " ".join(filter(None, (f"language-{language}", classes, "highlight")))
    inner = _coloured(code, language)
    return Markup(f'<div class="{names}"><pre><span></span><code>{inner}\n</code></pre></div>')


@lru_cache(maxsize=_REMEMBERED)
def _coloured(code: str, language: str) -> str:
    return _WAYS.get(language, _by_pygments)(code, language)


def _plain(code: str, _: str) -> str:
    return escape(code, quote=False)


def _python(code: str, _: str) -> str:
    return _PYTHON.sub(_token, escape(code, quote=False))


def _token(found: re.Match[str]) -> str:
    text, kind = found[0], found.lastgroup
    if kind == "word":
        kind = _KINDS.get(text)
        return f'<span class="{kind}">{text}</span>' if kind else text
    if kind == "nf":
        defined, name = found["k"], found["nf"]
        of = "nf" if defined == "def" else "nc"
        between = text[len(defined) : -len(name)]
        return f'<span class="k">{defined}</span>{between}<span class="{of}">{name}</span>'
    code = text.lstrip(" ")
    return f'{text[: len(text) - len(code)]}<span class="{kind}">{code}</span>'


def _tag(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape(text, quote=False)}</span>'


def _diff(code: str, _: str) -> str:
    return "\n".join(map(_diff_line, code.split("\n")))


def _diff_line(line: str) -> str:
    kind = next((kind for start, kind in _DIFF.items() if line.startswith(start)), "")
    return _tag(kind, line) if kind else escape(line, quote=False)


def _by_pygments(code: str, language: str) -> str:
    return str(highlight(code, _lexer(language), _formatter())).rstrip("\n")


@cache
def _lexer(language: str) -> Lexer:
    # The code is given as it is: leading blank lines are part of it.
    return get_lexer_by_name(language, stripnl=False)


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseException)


_WAYS: dict[str, Callable[[str, str], str]] = {"python": _python, "diff": _diff, "text": _plain}
_BUILTINS = {name: value for name, value in vars(builtins).items() if not name.startswith("_")}
_KINDS = {
    **{name: "ne" if _is_error(value) else "nb" for name, value in _BUILTINS.items()},
    **dict.fromkeys(keyword.kwlist, "k"),
    **dict.fromkeys(_OPERATORS, "ow"),
    **dict.fromkeys(_CONSTANTS, "kc"),
}
