"""The generated files that MkDocs builds the site of: path below docs/ -> text. Pure."""

from __future__ import annotations

from functools import partial

from jinja2 import Environment as Templates

from provenfix.history import History
from provenfix.labels import LANGUAGES, Labels
from provenfix.load import EVIDENCE
from provenfix.render import (
    box,
    changes,
    escape,
    listed,
    lists,
    machines_page,
    shell,
    templating,
)
from provenfix.render.paths import API, RELEASES, relative
from provenfix.render.site import Site
from provenfix.render.templating import Filter
from provenfix.render.views import Catalogue

COMMAND = "provenfix render"
SHELL = "src/provenfix/render/shell.py"


def of(catalogue: Catalogue, history: History, site: Site, say: Labels) -> dict[str, str]:
    """The pages and data of a language.

    Args:
        catalogue: All errors.
        history: How the releases differ.
        site: The site they are for.
        say: The language.

    Returns:
        Path below docs/, with forward slashes -> text.
    """
    templates, language, standing = _templates(say), say.language, history.standing

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

    home = lists.home(catalogue, lists.browse(catalogue)[0].topics)
    written = (
        render(f"home.{language}", "index", home),
        render("machines", "for-machines", machines_page.page(standing, site, say)),
        render("upgrade", f"{RELEASES}/index", changes.upgrade(history, say)),
    )
    data = (
        (f"{API}/upgrade-{language}.json", changes.data(history, say)),
        (f"{API}/words-{language}.json", changes.compact(box.words(history, say)) + "\n"),
    )
    return dict((*written, *data))


def frames() -> dict[str, str]:
    """The frames of the pages that are HTML already, in all languages."""
    origin = _origin(SHELL)
    return {
        shell.page_of(frame, language): shell.source(frame, origin)
        for language in LANGUAGES
        for frame in shell.FRAMES
    }


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
