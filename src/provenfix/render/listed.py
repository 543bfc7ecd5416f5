"""The pages that list errors, as HTML: what stands between the site's header and footer. Pure.

They grow with the site, so no Markdown parser sees them; `shell` has what stands around them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from provenfix import digest
from provenfix.history import History, Step
from provenfix.labels import Labels, Language
from provenfix.render import bodies, changes, html, lists, matrix_page, paged
from provenfix.render.bodies import Body
from provenfix.render.paged import Pager
from provenfix.render.paths import relative, to_page
from provenfix.render.views import Catalogue
from provenfix.standing import EntryStanding, Standing


def pages(catalogue: Catalogue, history: History, say: Labels) -> Iterator[Body]:
    """All of them, in a language; those that say the same as before are not made again.

    Args:
        catalogue: All errors.
        history: How the releases differ.
        say: The language.
    """
    yield from _browse(catalogue, history, say)
    yield from _matrix(history, say)
    yield from _status(history, say)
    yield from _releases(history, say)


def _browse(catalogue: Catalogue, history: History, say: Labels) -> Iterator[Body]:
    figures = catalogue.published, catalogue.verified, catalogue.environments, catalogue.versions
    for view in lists.browse(catalogue):
        cards = (*(card for group in view.groups for card in group.published), *view.waiting)
        entries = [history.standing.entries[card.slug] for card in cards]
        title = _title(say("site.errors"), view.pager, say)
        about = say("site.errors_description")
        make = partial(_body, "browse", view.pager.path, _as(view), title, about, say)
        yield _kept(history, view.pager.path, entries, (figures, view.topics, view.pager), make)


def _matrix(history: History, say: Labels) -> Iterator[Body]:
    environments = list(history.standing.environments)
    for entries, pager in _portions(history.standing, "matrix", paged.MATRIX):
        title, about = _title(say("matrix.title"), pager, say), say("matrix.description")
        view = partial(matrix_page.page, history, entries, pager, say)
        make = partial(_body, "matrix", pager.path, view, title, about, say)
        yield _kept(history, pager.path, entries, (environments, pager), make)


def _status(history: History, say: Labels) -> Iterator[Body]:
    for entries, pager in _portions(history.standing, "status", paged.STATUS):
        title, about = _title(say("site.status"), pager, say), say("site.status_description")
        view = partial(lists.status, history.standing, entries, pager, say)
        make = partial(_body, "status", pager.path, view, title, about, say)
        # The first page counts all of them.
        counted = entries if pager.number > 1 else history.standing.entries.values()
        yield _kept(history, pager.path, counted, pager, make)


def _as(view: Any) -> Callable[[], Any]:
    """What makes a view that is there already."""
    return lambda: view


def _portions(
    standing: Standing, name: str, size: int
) -> Iterator[tuple[Sequence[EntryStanding], Pager]]:
    """All entries, in the pages of a list."""
    portions = paged.split(standing.entries.values(), size)
    return zip(portions, paged.pagers(name, len(portions)), strict=True)


def _kept(
    history: History,
    name: str,
    entries: Iterable[EntryStanding],
    about: object,
    make: Callable[[], Body],
) -> Body:
    """A page, as it was before if it would say the same.

    Args:
        history: Knows it.
        name: The page below docs/, without language and suffix.
        entries: Those that it speaks of.
        about: What else it is made of; its text tells it from others.
        make: Makes it.
    """
    parts = (history.releases, about, [entry.key for entry in entries])
    key = digest.of_bytes(repr(parts).encode())
    return history.rows.of(f"{name}.md", key, "body", make)


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
        around = _neighbours(steps, number)
        entries = [history.standing.entries[change.entry] for change in step.changes]
        version = {"before": step.old.torch, "version": step.new.torch}
        title, about = say("changes.title", **version), say("changes.description", **version)
        view = partial(changes.release, step, *around, history.standing, say)
        name = changes.page_of(step.new.torch)
        make = partial(_body, "release", name, view, title, about, say)
        pages = [(one.old.name, one.new.name) for one in (step, *around) if one]
        yield _kept(history, name, entries, (pages, step.measured, number), make)


def _title(words: str, pager: Pager, say: Labels) -> str:
    first = pager.number == 1
    return words if first else say("site.title_of_page", title=words, number=pager.number)


def _neighbours(steps: Sequence[Step], number: int) -> tuple[Step | None, Step | None]:
    older = steps[number - 1] if number else None
    return older, steps[number + 1] if number + 1 < len(steps) else None


def _body(
    template: str, name: str, view: Callable[[], Any], title: str, description: str, say: Labels
) -> Body:
    language = say.language
    path = f"{name}.{language}.md"
    page = (
        bodies.templates(language)
        .get_template(f"{template}.html.j2")
        .render(
            view=view(),
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
