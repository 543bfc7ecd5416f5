"""Pages of errors into the built site: a body of ours in a shell of MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from provenfix import parallel
from provenfix.files import write
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.render import bodies, twins
from provenfix.render.error_page import ErrorPageBuilder
from provenfix.render.head import Head, Heads
from provenfix.render.paths import built, twin
from provenfix.render.shell import Shell
from provenfix.standing import EntryStanding, Standing
from provenfix.vocabulary import House


def assemble(
    site: Path,
    house: House,
    standing: Standing,
    heads: Heads,
    shells: Mapping[Language, tuple[Shell, Callable[[Head], str]]],
) -> None:
    """Write the page of each published error in both languages, and its raw Markdown.

    Args:
        site: The built site.
        house: Knows the planned columns of the matrix.
        standing: Where each entry stands.
        heads: The heads of all pages.
        shells: The shell of a language, and what makes HTML of a head.
    """

    def both(entry: EntryStanding) -> None:
        # One process makes both: they have their programs in common.
        for language in LANGUAGES:
            view = ErrorPageBuilder(house, standing, entry, labels(language)).build()
            body = bodies.body(view, language)
            shell, html = shells[language]
            head = html(heads(body.path, "", ""))
            page = shell.fill(view.slug, head, body.chapters, body.html)
            write(site / built(body.path), page)
            write(site / twin(view.slug, language), twins.text(view, heads.site, language))

    parallel.each(both, standing.published)


def pages(standing: Standing) -> list[str]:
    """The names of these pages below docs/, as if they were Markdown."""
    return [bodies.page_of(e.entry.slug, of) for e in standing.published for of in LANGUAGES]
