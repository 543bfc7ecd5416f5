"""The page of each error as HTML: what stands between the site's header and footer. Pure.

Thousands of pages would spend most of a build in a Markdown parser, and these are made by a
template anyway. Everything around them comes from MkDocs and Material, once per language
(`shell`).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from functools import cache, partial

from jinja2 import Environment as Templates
from markupsafe import Markup

from provenfix.labels import Language, labels
from provenfix.render import html, pieces, templating
from provenfix.render.paths import ERRORS, relative, to_page
from provenfix.render.templating import Filter
from provenfix.render.views import ErrorPage

_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)<a class="headerlink"')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the table of contents.

    Args:
        anchor: The id of its heading.
        title: The heading as HTML, without tags.
        below: The chapters of which this one consists.
    """

    anchor: str
    title: Markup
    below: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What a page has between header and footer.

    Args:
        path: The page's name below docs/, as if it were Markdown.
        html: The page.
        chapters: The items of its table of contents, as HTML.
        title, description: What its head says, as HTML; empty for an error, whose head is made of
            its article.
    """

    path: str
    html: str
    chapters: str
    title: str = ""
    description: str = ""


def body(view: ErrorPage, language: Language) -> Body:
    """The page of a published error.

    Args:
        view: What it says.
        language: Its language.
    """
    path = page_of(view.slug, language)
    page = (
        templates(language)
        .get_template("error.html.j2")
        .render(
            view=view,
            to=partial(_to, page=path, language=language),
        )
    )
    return Body(path, page, contents(page, language))


def page_of(slug: str, language: Language) -> str:
    """The name of an error's page below docs/, as if it were Markdown."""
    return f"{ERRORS}/{slug}.{language}.md"


def contents(page: str, language: Language) -> str:
    """The items of a page's table of contents, as HTML.

    Args:
        page: The page's own part as HTML, with an id for each heading.
        language: Its language.
    """
    return templates(language).get_template("chapters.html.j2").render(chapters=_chapters(page))


def _chapters(page: str) -> list[Chapter]:
    """The headings of level 2, each with those of level 3 that follow it."""
    found: list[Chapter] = []
    for level, anchor, title in _HEADING.findall(page):
        # All of it went through `html`, so that nothing but tags of ours begins with `<`.
        chapter = Chapter(anchor, Markup(_TAG.sub("", title).strip()))
        if level == "2" or not found:
            found.append(chapter)
        else:
            found[-1] = replace(found[-1], below=(*found[-1].below, chapter))
    return found


def _to(target: str, *, page: str, language: Language) -> str:
    """The address of what a page links to: another page, as seen from errors/, or a file."""
    if not target.endswith(".md"):
        return relative(target, page)
    name = posixpath.normpath(f"{ERRORS}/{target}").removesuffix(".md")
    return to_page(f"{name}.{language}.md", page)


@cache
def templates(language: Language) -> Templates:
    """The templates of pages that are HTML, in a language."""
    filters: dict[str, Filter] = {
        "filled": html.filled,
        "inline": html.inline,
        "paragraphs": html.paragraphs,
        "block": html.block,
        "anchor": pieces.anchor,
        "badge": pieces.badge,
        "heading": pieces.heading,
        "share": pieces.share,
        "strip": pieces.strip,
    }
    return templating.templates(labels(language), html.finalize, filters)
