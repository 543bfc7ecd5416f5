"""Each error's page as raw Markdown, to be pasted into an issue or given to a model. Pure."""

from __future__ import annotations

import posixpath
from functools import cache, partial

from jinja2 import Environment as Templates

from provenfix.labels import Language, labels
from provenfix.render import escape, plain, templating
from provenfix.render.api import places
from provenfix.render.paths import ERRORS, address
from provenfix.render.site import Site
from provenfix.render.templating import Filter
from provenfix.render.views import ErrorPage


@cache
def templates(language: Language) -> Templates:
    """The templates of files that are read as they stand.

    Args:
        language: The language.
    """
    filters: dict[str, Filter] = {
        "address": plain.address,
        "cell": plain.cell,
        "code": escape.code,
        "inline": plain.inline,
        "prose": plain.prose,
        "span": plain.span,
    }
    return templating.templates(labels(language), plain.finalize, filters)


def text(view: ErrorPage, site: Site, language: Language) -> str:
    """The twin of one page.

    Args:
        view: What the page says.
        site: The site that its addresses are of.
        language: The language of the page.
    """
    made = (
        templates(language)
        .get_template("twin.md.j2")
        .render(
            view=view,
            here=_absolute(f"{view.slug}.md", site, language),
            data=plain.address(site.url + places.entry(view.slug)),
            absolute=partial(_absolute, site=site, language=language),
        )
    )
    return made.strip("\n") + "\n"


def _absolute(target: str, site: Site, language: Language) -> str:
    """The address of a page that an error's page links to, both without their language."""
    path = posixpath.normpath(f"{ERRORS}/{target}").removesuffix(".md")
    return plain.address(site.url + address(f"{path}.{language}.md"))
