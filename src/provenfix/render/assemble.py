"""What a build puts into the site past MkDocs: pages in its shells, and files for programs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from provenfix import digest, parallel, search
from provenfix.evidence import ENVIRONMENTS
from provenfix.files import join, put
from provenfix.history import History
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.load import EVIDENCE
from provenfix.render import api, bodies, permalinks, twins
from provenfix.render.api import places
from provenfix.render.bodies import Body
from provenfix.render.error_page import ErrorPageBuilder
from provenfix.render.head import Head, Heads, split
from provenfix.render.links import link
from provenfix.render.paths import address, built, card, twin
from provenfix.render.shell import Shell, frame_of
from provenfix.render.turn import Made, Turn, look
from provenfix.standing import EntryStanding, Standing
from provenfix.vocabulary import House


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """Puts into a built site what is HTML or JSON already.

    Args:
        root: The repository, whose evidence is on the site as well.
        built: What MkDocs made, which becomes a part of the site.
        house: Knows the planned columns of the matrix.
        standing: Where each entry stands.
        lists: The pages that list errors.
        heads: The heads of all pages.
        head: What makes HTML of a head, by language.
        theme: Digest of what the heads' HTML is made with.
        shells: What stands around pages, by the path of its frame below docs/.
        turn: Where the site is made, and what the ones before left.
    """

    root: Path
    built: Path
    house: House
    standing: Standing
    lists: Sequence[Body]
    heads: Heads
    head: Mapping[Language, Callable[[Head], str]]
    theme: str
    shells: Mapping[str, Shell]
    turn: Turn

    def write(self, count: Callable[[int], Callable[[], object]]) -> dict[str, Made]:
        """Write pages, raw Markdown, the API and the evidence of all entries, on all cores.

        Args:
            count: Told how many entries are not there yet; what it returns is called after each.

        Returns:
            What was made of each entry, by slug.
        """
        entries = self.standing.entries
        keys = {slug: self._key(entry) for slug, entry in entries.items()}
        made = self.turn.settle(keys)
        self.turn.adopt(self.built)
        new = {slug: entry for slug, entry in entries.items() if slug not in made}
        found = parallel.each(
            lambda slug: self._make(new[slug], keys[slug]), new, few=2, done=count(len(new))
        )
        made |= zip(new, found, strict=True)
        for body in self.lists:
            self._page(body)
        for name in self._evidence(ENVIRONMENTS):
            self._copy(name)
        self._api([api.IndexEntry.model_validate(made[slug].listed) for slug in entries])
        return {slug: made[slug] for slug in entries}

    @property
    def _site(self) -> Path:
        return self.turn.folder

    def _api(self, listed: Sequence[api.IndexEntry]) -> None:
        """The files of the API about all entries; the dump is their own ones, joined."""
        put(self._site, api.shared(self.house, self.standing, self.heads.site, listed))
        own = (self._site / places.entry(slug) for slug in self.standing.entries)
        put(self._site, {places.DUMP_SHA256: api.checksum(join(own, self._site / places.DUMP))})

    def _make(self, entry: EntryStanding, key: str) -> Made:
        site, slug = self.heads.site, entry.entry.slug
        text, listed = api.document(self.house, self.standing, entry, site)
        pages: list[search.Page] = []
        texts = {places.entry(slug): text} | permalinks.of_entry(entry, site)
        if entry.published:
            # One process makes both: they have their programs in common.
            for language in LANGUAGES:
                page, of_page = self._error(entry, language)
                pages.append(page)
                texts |= of_page
        put(self._site, texts)
        copied = list(self._evidence(slug))
        for name in copied:
            self._copy(name)
        files = tuple(look(self._site, path) for path in (*texts, *copied))
        return Made(key=key, listed=listed.model_dump(), pages=tuple(pages), files=files)

    def _error(
        self, entry: EntryStanding, language: Language
    ) -> tuple[search.Page, dict[str, str]]:
        view = ErrorPageBuilder(self.house, self.standing, entry, labels(language)).build()
        body = bodies.body(view, language)
        markdown = twins.text(view, self.heads.site, language)
        html = self._filled(body)
        texts = {built(body.path): html, twin(view.slug, language): markdown}
        return search.page(address(body.path), language, html), texts

    def _page(self, body: Body) -> None:
        put(self._site, {built(body.path): self._filled(body)})

    def _filled(self, body: Body) -> str:
        name, language = split(body.path)
        head = self.head[language](self.heads(body.path, body.title, body.description))
        shell = self.shells[frame_of(body.path)]
        return shell.fill(name.rpartition("/")[2], head, body.chapters, body.html)

    def _evidence(self, folder: str) -> Iterator[str]:
        """Evidence as the runner wrote it, so that links to it work on the site."""
        for path in sorted((self.root / EVIDENCE / folder).glob("*.json")):
            yield f"{EVIDENCE}/{folder}/{path.name}"

    def _copy(self, name: str) -> None:
        (self._site / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.root / name, self._site / name)

    def _key(self, entry: EntryStanding) -> str:
        """Digest of all that an entry's files are made of; the tools are the cache's business."""
        facts, slug = entry.entry.facts, entry.entry.slug
        others = (*facts.confused_with, *facts.leads_to)
        parts = [self._common, entry.key]
        for language in LANGUAGES:
            parts += (repr(link(self.standing, other, labels(language))) for other in others)
            article = self.heads.articles.get(bodies.page_of(slug, language))
            parts.append(article.key if article else "")
            parts.append(repr(self.heads.cards.get(card(slug, language))))
        return digest.of_bytes("\n".join(parts).encode())

    @cached_property
    def _common(self) -> str:
        """Digest of what all entries' files are made of."""
        parts = (
            self.theme,
            sorted(self.shells.items()),
            self.heads.site.url,
            self.heads.feeds,
            self.standing.environments,
            History(self.standing).releases,
            self.house.groups,
            self.house.columns,
        )
        return digest.of_bytes(repr(parts).encode())


def pages(standing: Standing) -> list[str]:
    """The names of the errors' pages below docs/, as if they were Markdown."""
    return [bodies.page_of(e.entry.slug, of) for e in standing.published for of in LANGUAGES]
