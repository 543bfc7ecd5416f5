"""Pages of errors into the built site: a body of ours in a shell of MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from provenfix import parallel
from provenfix.files import write
from provenfix.labels import LANGUAGES, Language
from provenfix.render import bodies
from provenfix.render.head import Head, Heads
from provenfix.render.paths import built
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
    """Write the page of each published error in both languages.

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
            body = bodies.body(house, standing, entry, language)
            shell, html = shells[language]
            head = html(heads(body.path, "", ""))
            page = shell.fill(entry.entry.slug, head, body.chapters, body.html)
            write(site / built(body.path), page)

    parallel.each(both, standing.published)


def pages(standing: Standing) -> list[str]:
    """The names of these pages below docs/, as if they were Markdown."""
    return [bodies.page_of(e.entry.slug, of) for e in standing.published for of in LANGUAGES]
