"""The pages that list errors, as HTML: what stands between the site's header and footer. Pure.

They grow with the site, so no Markdown parser sees them; `shell` has what stands around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from provenfix.history import History, Step
from provenfix.labels import Labels, Language
from provenfix.render import bodies, changes, html, lists, matrix_page, paged
from provenfix.render.bodies import Body
from provenfix.render.paged import Pager
from provenfix.render.paths import relative, to_page
from provenfix.render.views import Catalogue
from provenfix.standing import Standing


def pages(catalogue: Catalogue, history: History, say: Labels) -> Iterator[Body]:
    """All of them, in a language.

    Args:
        catalogue: All errors.
        history: How the releases differ.
        say: The language.
    """
    for browse in lists.browse(catalogue):
        title = _title(say("site.errors"), browse.pager, say)
        yield _body("browse", browse.pager.path, browse, title, say("site.errors_description"), say)
    for matrix in matrix_page.pages(history, say):
        title = _title(say("matrix.title"), matrix.pager, say)
        yield _body("matrix", matrix.pager.path, matrix, title, say("matrix.description"), say)
    for status in lists.status(history.standing, say):
        title = _title(say("site.status"), status.pager, say)
        yield _body("status", status.pager.path, status, title, say("site.status_description"), say)
    yield from _releases(history, say)


def names(standing: Standing, steps: Iterable[Step]) -> list[str]:
    """The names of the same pages below docs/, without language and suffix.

    Args:
        standing: Where each entry stands.
        steps: The changes of each release.
    """
    sizes = (
        (lists.BROWSE, standing.published, paged.CARDS),
        ("matrix", standing.entries, paged.MATRIX),
        ("status", standing.entries, paged.STATUS),
    )
    found = [
        name
        for first, rows, size in sizes
        for name in paged.pagers(first, len(paged.split(rows, size)))[0].paths
    ]
    return [*found, *(changes.page_of(step.new.torch) for step in steps)]


def _releases(history: History, say: Labels) -> Iterator[Body]:
    steps = history.steps
    for number, step in enumerate(steps):
        view = changes.release(step, *_neighbours(steps, number), history.standing, say)
        title = say("changes.title", version=view.version)
        about = say("changes.description", before=view.before, version=view.version)
        yield _body("release", changes.page_of(view.version), view, title, about, say)


def _title(words: str, pager: Pager, say: Labels) -> str:
    first = pager.number == 1
    return words if first else say("site.title_of_page", title=words, number=pager.number)


def _neighbours(steps: Sequence[Step], number: int) -> tuple[Step | None, Step | None]:
    older = steps[number - 1] if number else None
    return older, steps[number + 1] if number + 1 < len(steps) else None


def _body(template: str, name: str, view: Any, title: str, description: str, say: Labels) -> Body:
    language = say.language
    path = f"{name}.{language}.md"
    page = (
        bodies.templates(language)
        .get_template(f"{template}.html.j2")
        .render(
            view=view,
            title=title,
            to=partial(relative, page=path),
            error=partial(error, page=path, language=language),
            at=partial(at, page=path, language=language),
        )
    )
    contents = bodies.contents(page, language)
    return Body(path, page, contents, str(html.text(title)), str(html.text(description)))


def error(target: str, *, page: str, language: Language) -> str:
    """The address of an error's page as seen from another page.

    Args:
        target: Its slug, with or without `.md`.
        page: The other page's path below docs/.
        language: The language of both.
    """
    return to_page(bodies.page_of(target.removesuffix(".md"), language), page)


def at(name: str, *, page: str, language: Language) -> str:
    """The address of a page, whose name has no language and no suffix, as seen from another one."""
    return to_page(f"{name}.{language}.md", page)
