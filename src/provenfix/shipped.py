"""What ships in the wheel: of each entry its signatures and its short answer in both languages.

The reader of it is `provenfix.guest`, which has nothing but the standard library: so all sentences
and figures are made here.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from provenfix import diff, evidence
from provenfix.labels import LANGUAGES, Labels, labels
from provenfix.load import load
from provenfix.match.export import signatures
from provenfix.problems import InputError
from provenfix.render import figures, paths
from provenfix.render.site import LOCAL, Site
from provenfix.standing import ClaimStanding, EntryStanding, Standing, stand
from provenfix.vocabulary import House
from provenfix.words import EntryTexts, Text, texts

VERSION = 1
SENTENCES = "guest."
"""The sentences of labels.*.yaml that ship with the entries."""


def read(root: Path) -> tuple[House, Standing]:
    """The entries of a repository, and where they stand.

    Raises:
        InputError: There are problems.
    """
    loaded = load(root)
    cells = {slug: source.entry.cells for slug, source in loaded.sources.items()}
    store, problems = evidence.read(root, cells, loaded.folders - cells.keys())
    if problems:
        raise InputError(sorted({*loaded.problems, *problems}))
    house = loaded.house()
    return house, stand(house, store)


def data(house: House, standing: Standing, site: str) -> dict[str, Any]:
    """What ships, as a JSON value. Pure.

    Args:
        house: The entries.
        standing: Where they stand.
        site: The address of the site, with a slash at its end; empty if nobody knows it.

    Raises:
        ValueError: The address has no slash at its end.
    """
    known = site and Site(url=site) != LOCAL
    return {
        "version": VERSION,
        "site": site if known else "",
        "sentences": {language: _sentences(labels(language)) for language in LANGUAGES},
        "signatures": signatures(house.entries.values()),
        "entries": {
            slug: {
                language: _Told(entry, standing, labels(language)).entry() for language in LANGUAGES
            }
            for slug, entry in sorted(standing.entries.items())
        },
    }


def as_text(shipped: dict[str, Any]) -> str:
    """The value as compact JSON, always the same for the same entries and evidence."""
    return json.dumps(shipped, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _sentences(say: Labels) -> dict[str, str]:
    return {
        key.removeprefix(SENTENCES): sentence
        for key, sentence in say.sentences.items()
        if key.startswith(SENTENCES)
    }


class _Told:
    """What is told of an entry in one language."""

    def __init__(self, entry: EntryStanding, standing: Standing, say: Labels) -> None:
        self._standing = entry
        self._all = standing
        self._say = say
        self._words: EntryTexts = texts(entry.entry, say.language)

    def entry(self) -> dict[str, Any]:
        """The whole entry; one that waits has no page, no fixes and no dead ends."""
        entry, words = self._standing, self._words
        shown = entry.published
        return {
            "title": self._text(words.title),
            "summary": self._text(words.summary),
            "page": self._page() if shown else "",
            "waiting": self._say.reason(entry.waiting) if entry.waiting else "",
            "fixes": [self._fix(fix) for fix in entry.fixes] if shown else [],
            "dead_ends": [self._dead_end(end) for end in entry.dead_ends] if shown else [],
        }

    def _page(self) -> str:
        """The page's address below the site's, with a slash at its end."""
        page = f"{paths.ERRORS}/{self._standing.entry.slug}.{self._say.language}.md"
        return f"{PurePosixPath(paths.built(page)).parent}/"

    def _fix(self, fix: ClaimStanding) -> dict[str, str]:
        words = self._words.claims[fix.name]
        entry = self._standing.entry
        proven = figures.proven(fix, self._all, self._say)
        return {
            "title": self._text(words.title),
            "text": self._text(words.text),
            "cost": self._text(words.cost) if words.cost else "",
            "verdict": self._say("guest.verified", figures=proven),
            "command": figures.command(entry.surroundings_of(fix.name), entry.script_of(fix.name)),
            "diff": diff.of_claim(entry, fix.name),
        }

    def _dead_end(self, end: ClaimStanding) -> dict[str, str]:
        title = self._words.claims[end.name].title
        return {"title": self._text(title), "did": self._say(f"claim.{end.claim.claim}")}

    def _text(self, text: Text) -> str:
        return f"{text.text} [{self._say('guest.stale')}]" if text.stale else text.text
