"""What a build puts into the site past MkDocs: pages in its shells, and files for programs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from provenfix import parallel, search
from provenfix.evidence import ENVIRONMENTS
from provenfix.files import write
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.load import EVIDENCE
from provenfix.render import api, bodies, twins
from provenfix.render.api import places
from provenfix.render.bodies import Body
from provenfix.render.error_page import ErrorPageBuilder
from provenfix.render.files import put
from provenfix.render.head import Head, Heads, split
from provenfix.render.paths import address, built, twin
from provenfix.render.shell import Shell, frame_of
from provenfix.standing import EntryStanding, Standing
from provenfix.vocabulary import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """Puts into a built site what is HTML or JSON already.

    Args:
        root: The repository, whose evidence is on the site as well.
        site: The built site.
        house: Knows the planned columns of the matrix.
        standing: Where each entry stands.
        lists: The pages that list errors.
        heads: The heads of all pages.
        head: What makes HTML of a head, by language.
        shells: What stands around pages, by the path of its frame below docs/.
    """

    root: Path
    site: Path
    house: House
    standing: Standing
    lists: Sequence[Body]
    heads: Heads
    head: Mapping[Language, Callable[[Head], str]]
    shells: Mapping[str, Shell]

    def write(self) -> None:
        """Write pages, raw Markdown, the API and the evidence of all entries, on all cores."""
        parts = parallel.each(self._entry, self.standing.entries.values())
        for body in self.lists:
            self._page(body)
        put(self.site, api.shared(self.house, self.standing, self.heads.site, parts))
        self._copy(ENVIRONMENTS)

    def _entry(self, entry: EntryStanding) -> api.Part:
        slug = entry.entry.slug
        if entry.published:
            # One process makes both: they have their programs in common.
            for language in LANGUAGES:
                self._error(entry, language)
        text, part = api.document(self.house, self.standing, entry, self.heads.site)
        write(self.site / places.entry(slug), text)
        self._copy(slug)
        return part

    def _error(self, entry: EntryStanding, language: Language) -> None:
        view = ErrorPageBuilder(self.house, self.standing, entry, labels(language)).build()
        body = bodies.body(view, language)
        self._page(body)
        search.add(self.site, address(body.path), language, body.html)
        markdown = twins.text(view, self.heads.site, language)
        write(self.site / twin(view.slug, language), markdown)

    def _page(self, body: Body) -> None:
        name, language = split(body.path)
        shell = self.shells[frame_of(body.path)]
        head = self.head[language](self.heads(body.path, body.title, body.description))
        page = shell.fill(name.rpartition("/")[2], head, body.chapters, body.html)
        write(self.site / built(body.path), page)

    def _copy(self, folder: str) -> None:
        """Evidence as the runner wrote it, so that links to it work on the site."""
        source = self.root / EVIDENCE / folder
        if source.is_dir():
            target = self.site / EVIDENCE / folder
            shutil.copytree(source, target, copy_function=shutil.copyfile, dirs_exist_ok=True)


def pages(standing: Standing) -> list[str]:
    """The names of the errors' pages below docs/, as if they were Markdown."""
    return [bodies.page_of(e.entry.slug, of) for e in standing.published for of in LANGUAGES]
