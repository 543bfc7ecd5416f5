"""Small pieces of HTML of which a page has dozens: a macro would take ten times as long. Pure."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from provenfix.render.html import finalize
from provenfix.render.measured import Strip, Tick

_REMEMBERED = 4096


def anchor(name: str) -> Markup:
    """The link that a heading shows to itself.

    Args:
        name: The heading's id.
    """
    return Markup(f'<a class="headerlink" href="#{finalize(name)}" title="#">#</a>')


def heading(title: object, level: int, name: str) -> Markup:
    """A heading.

    Args:
        title: Text, or HTML that a filter made.
        level: 1 to 6.
        name: Its id.
    """
    link = anchor(name)
    return Markup(f'<h{level} id="{finalize(name)}">{finalize(title)}{link}</h{level}>')


def badge(words: object, kind: str) -> Markup:
    """A verdict in a word or two.

    Args:
        words: What it says.
        kind: A name for the style sheet.
    """
    return Markup(f'<span class="pf-badge pf-badge--{finalize(kind)}">{finalize(words)}</span>')


def share(words: object, name: str, verdict: str = "") -> Markup:
    """The button that copies a link as Markdown.

    Args:
        words: What it says.
        name: The id of what it links to.
        verdict: What stands beside the link, if anything does.
    """
    return Markup(
        f'<button class="pf-share" type="button" data-pf-share="{finalize(name)}"'
        f' data-pf-verdict="{finalize(verdict)}">{finalize(words)}</button>'
    )


def strip(found: Strip) -> Markup:
    """The measured strip, and the place for what the reader chose.

    Args:
        found: Its ticks, and the same in words.
    """
    ticks = "".join(map(_tick, found.ticks))
    return Markup(
        '<span class="pf-measured"><span class="pf-strip" role="img"'
        f' aria-label="{finalize(found.words)}">{ticks}</span><span class="pf-mine"></span></span>'
    )


@lru_cache(_REMEMBERED)
def _tick(tick: Tick) -> str:
    gpu = " data-gpu" if tick.gpu else ""
    return (
        f'<i data-mark="{finalize(tick.mark)}" data-torch="{finalize(tick.torch)}"{gpu}'
        f' title="{finalize(tick.title)}"></i>'
    )
