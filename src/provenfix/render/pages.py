"""All generated files that MkDocs builds the site of: path below docs/ -> text. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from jinja2 import Environment as Templates

from provenfix import history, parallel
from provenfix.history import Step
from provenfix.labels import LANGUAGES, Labels, Language, labels
from provenfix.load import EVIDENCE
from provenfix.render import (
    bodies,
    box,
    changes,
    escape,
    feeds,
    lists,
    machines_page,
    matrix_page,
    shell,
    sitemap,
    templating,
)
from provenfix.render.articles import articles
from provenfix.render.paths import API, RELEASES, relative, to_page
from provenfix.render.site import LOCAL, Site
from provenfix.render.templating import Filter
from provenfix.render.views import BrowsePage, MatrixPage, StatusPage
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
    generated |= sitemap.files(standing, site, generated)
    shells = {shell.page_of(language): shell.source(_origin(SHELL)) for language in LANGUAGES}
    return generated | shells


def _pages(house: House, standing: Standing, say: Labels, site: Site) -> dict[str, str]:
    templates, language = _templates(say), say.language

    def render(template: str, path: str, source: str, view: object) -> tuple[str, str]:
        page = f"{path}.{language}.md"
        text = templates.get_template(f"{template}.md.j2").render(
            view=view,
            origin=_origin(source),
            to=partial(relative, page=page),
            error=partial(_error, page=page, language=language),
            at=partial(_at, page=page, language=language),
        )
        return page, text.rstrip("\n") + "\n"

    catalogue = lists.catalogue(house, standing, say)
    everything = f"entries/ and {EVIDENCE}/"
    browsed = lists.browse(catalogue)
    home = lists.home(catalogue, browsed[0].topics)
    single = (
        render(f"home.{language}", "index", everything, home),
        render("machines", "for-machines", everything, machines_page.page(standing, site, say)),
    )
    paged: Mapping[str, Sequence[BrowsePage | StatusPage | MatrixPage]] = {
        "browse": browsed,
        "status": lists.status(standing, say),
        "matrix": matrix_page.pages(standing, say),
    }
    listed = (
        render(template, view.pager.path, everything, view)
        for template, views in paged.items()
        for view in views
    )
    steps = history.steps(standing)
    releases = (
        render(
            "release",
            f"{RELEASES}/{changes.slug(step.new.torch)}",
            everything,
            changes.release(step, *_neighbours(steps, number), standing, say),
        )
        for number, step in enumerate(steps)
    )
    upgrade = changes.upgrade(standing, steps, say)
    data = (
        (f"{API}/upgrade-{language}.json", _compact(changes.data(standing, say))),
        (f"{API}/words-{language}.json", _compact(box.words(standing, say))),
    )
    compared = render("upgrade", f"{RELEASES}/index", everything, upgrade)
    return dict((*single, *listed, compared, *releases, *data))


def _origin(source: str) -> str:
    return f"Generated from {source} by: {COMMAND}. Do not edit."


def _error(target: str, *, page: str, language: Language) -> str:
    """The address of an error's page as seen from another page; MkDocs does not know it."""
    slug = target.removesuffix(".md")
    return to_page(bodies.page_of(slug, language), page)


def _at(name: str, *, page: str, language: Language) -> str:
    """The address of a page as seen from another one; its name has no language and no suffix."""
    return to_page(f"{name}.{language}.md", page)


def _neighbours(steps: Sequence[Step], number: int) -> tuple[Step | None, Step | None]:
    older = steps[number - 1] if number else None
    return older, steps[number + 1] if number + 1 < len(steps) else None


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
