"""The page of each error as HTML: what stands between the site's header and footer. Pure.

Thousands of pages would spend most of a build in a Markdown parser, and these are made by a
template anyway. Everything around them comes from MkDocs and Material, once per language
(`shell`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from jinja2 import Environment as Templates
from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup

from provenfix.labels import Labels, Language, labels
from provenfix.render import escape
from provenfix.render.error_page import ErrorPageBuilder
from provenfix.render.paths import ERRORS, relative
from provenfix.standing import EntryStanding, Standing
from provenfix.vocabulary import House

_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)<a class="headerlink"')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the table of contents.

    Args:
        anchor: The id of its heading.
        title: The heading as HTML, without tags.
        level: 2 or 3.
    """

    anchor: str
    title: Markup
    level: int


@dataclass(frozen=True, slots=True)
class Body:
    """What a page has between header and footer.

    Args:
        path: The page's name below docs/, as if it were Markdown.
        html: The page.
        chapters: Its headings below the first.
    """

    path: str
    html: str
    chapters: tuple[Chapter, ...]


def body(house: House, standing: Standing, entry: EntryStanding, language: Language) -> Body:
    """The page of a published error.

    Args:
        house: Knows the planned columns of the matrix.
        standing: Where each entry stands.
        entry: The error.
        language: The language of the page.
    """
    say = labels(language)
    path = page_of(entry.entry.slug, language)
    html = (
        _templates(language)
        .get_template("error.html.j2")
        .render(
            view=ErrorPageBuilder(house, standing, entry, say).build(),
            to=partial(_to, page=path, language=language),
        )
    )
    return Body(path, html, tuple(_chapters(html)))


def page_of(slug: str, language: Language) -> str:
    """The name of an error's page below docs/, as if it were Markdown."""
    return f"{ERRORS}/{slug}.{language}.md"


def _chapters(html: str) -> Iterator[Chapter]:
    for level, anchor, title in _HEADING.findall(html):
        # All of it went through `escape`, so that nothing but tags of ours begins with `<`.
        yield Chapter(anchor, Markup(_TAG.sub("", title).strip()), int(level))


def _to(target: str, *, page: str, language: Language) -> str:
    """The address of what a page links to: another page, as seen from errors/, or a file."""
    if not target.endswith(".md"):
        return relative(target, page)
    name = posixpath.normpath(f"{ERRORS}/{target}").removesuffix(".md")
    return relative(f"{name}.{language}.md", page).removesuffix("index.html")


@cache
def _templates(language: Language) -> Templates:
    """The templates of a language: what they print is escaped unless a filter made it."""
    say: Labels = labels(language)
    templates = Templates(
        loader=PackageLoader("provenfix.render"),
        autoescape=True,
        finalize=escape.finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "filled": escape.filled,
        "inline": escape.inline,
        "paragraphs": escape.paragraphs,
        "block": escape.block,
    }
    templates.globals["say"] = say
    return templates
