"""All generated files that MkDocs builds the site of: path below docs/ -> text. Pure."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from jinja2 import Environment as Templates

from provenfix import history, parallel
from provenfix.labels import LANGUAGES, Labels, Language, labels
from provenfix.load import EVIDENCE
from provenfix.render import (
    box,
    changes,
    escape,
    feeds,
    listed,
    lists,
    machines_page,
    shell,
    sitemap,
    templating,
)
from provenfix.render.articles import articles
from provenfix.render.paths import API, RELEASES, relative
from provenfix.render.site import LOCAL, Site
from provenfix.render.templating import Filter
from provenfix.standing import Standing
from provenfix.vocabulary import House

COMMAND = "provenfix render"
SHELL = "src/provenfix/render/shell.py"


def pages(house: House, standing: Standing, site: Site = LOCAL) -> dict[str, str]:
    """Every generated file.

    Args:
        house: The entries and their vocabularies.
        standing: Where each entry stands; only published entries get a page.
        site: The site they are for.

    Returns:
        Path below docs/, with forward slashes -> text.
    """

    def of(language: Language) -> dict[str, str]:
        say = labels(language)
        news = feeds.files(standing, articles(standing, site.dates, say), site, say)
        return _pages(house, standing, say, site) | news

    both = parallel.each(of, LANGUAGES)
    generated = {path: text for files in both for path, text in files.items()}
    generated |= sitemap.files(standing, site, generated, listed.names(standing))
    return generated | {path: t for of in LANGUAGES for path, t in _frames(of).items()}


def _pages(house: House, standing: Standing, say: Labels, site: Site) -> dict[str, str]:
    templates, language = _templates(say), say.language

    def render(template: str, path: str, view: object) -> tuple[str, str]:
        page = f"{path}.{language}.md"
        text = templates.get_template(f"{template}.md.j2").render(
            view=view,
            origin=_origin(f"entries/ and {EVIDENCE}/"),
            to=partial(relative, page=page),
            error=partial(listed.error, page=page, language=language),
            at=partial(listed.at, page=page, language=language),
        )
        return page, text.rstrip("\n") + "\n"

    catalogue = lists.catalogue(house, standing, say)
    home = lists.home(catalogue, lists.browse(catalogue)[0].topics)
    upgrade = changes.upgrade(standing, history.steps(standing), say)
    written = (
        render(f"home.{language}", "index", home),
        render("machines", "for-machines", machines_page.page(standing, site, say)),
        render("upgrade", f"{RELEASES}/index", upgrade),
    )
    data = (
        (f"{API}/upgrade-{language}.json", _compact(changes.data(standing, say))),
        (f"{API}/words-{language}.json", _compact(box.words(standing, say))),
    )
    return dict((*written, *data))


def _frames(language: Language) -> dict[str, str]:
    origin = _origin(SHELL)
    return {shell.page_of(frame, language): shell.source(frame, origin) for frame in shell.FRAMES}


def _origin(source: str) -> str:
    return f"Generated from {source} by: {COMMAND}. Do not edit."


def _templates(say: Labels) -> Templates:
    filters: dict[str, Filter] = {
        "inline": escape.inline,
        "prose": escape.prose,
        "code": escape.code,
        "front_matter": escape.front_matter,
    }
    return templating.templates(say, escape.finalize, filters)


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n"
