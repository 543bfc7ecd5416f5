"""What search engines, cards and feeds say about the page of an error. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from provenfix.gitdates import Dates, latest
from provenfix.history import History
from provenfix.labels import Labels
from provenfix.load import ENTRIES, EVIDENCE
from provenfix.render import figures
from provenfix.standing import EntryStanding, Standing
from provenfix.words import texts

_TITLE = {"en": 70, "zh": 90}
"""Columns of a title. Search results show 60 to 70; Chinese titles often name the error in both
languages, and its Chinese is what tells them apart."""
_SUMMARY = 150
"""Columns of the summary in a description; the verdict of the best fix follows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The page of an error, as others show it.

    Args:
        slug: The entry.
        title: The error as people search it.
        description: What it means, and the best proven fix.
        versions: The PyTorch versions it was run on.
        published: Since when the page can have been there; None if that is not known.
        modified: When its entry or its evidence last changed; None if that is not known.
    """

    slug: str
    title: str
    description: str
    versions: str
    published: datetime | None
    modified: datetime | None

    @property
    def key(self) -> str:
        """All of it as a text, one line for each part; `repr` would take ten times as long."""
        dates = f"{self.published}\n{self.modified}"
        return f"{self.slug}\n{self.title}\n{self.description}\n{self.versions}\n{dates}"


def articles(history: History, dates: Dates, say: Labels) -> tuple[Article, ...]:
    """All published errors, in the order of their slugs.

    Args:
        history: Where everything stands.
        dates: When the sources changed.
        say: The language.
    """
    entries = {entry.entry.slug: entry for entry in history.standing.published}
    said = {
        slug: history.kept(entry, "article", partial(_said, entry, history.standing, say))
        for slug, entry in entries.items()
    }
    titles = _apart({slug: title for slug, (title, _, _) in said.items()})
    return tuple(
        Article(
            slug=slug,
            title=titles[slug],
            description=description,
            versions=versions,
            published=_published(entries[slug], dates),
            modified=dates.last(f"{ENTRIES}/{slug}", f"{EVIDENCE}/{slug}"),
        )
        for slug, (_, description, versions) in said.items()
    )


def _said(entry: EntryStanding, standing: Standing, say: Labels) -> tuple[str, str, str]:
    """What follows from an entry alone: its title, its description and its versions."""
    title = shorten(_title(entry, say), _TITLE[say.language])
    return title, _description(entry, standing, say), _versions(entry, standing, say)


def shorten(text: str, columns: int) -> str:
    """A text cut at a word, with an ellipsis, or before an aside in brackets that does not fit.

    Args:
        text: One line.
        columns: The most that it may take; a Chinese character takes two.
    """
    if _width(text) <= columns:
        return text
    cut = len(text)
    while _width(text[:cut]) > columns - 1:
        cut -= 1
    if text[cut - 1 : cut + 1].isascii() and text[cut] not in " ,;:":
        # Within a word; a word that fills the whole text is cut all the same.
        cut = text.rfind(" ", 0, cut + 1) if " " in text[: cut + 1] else cut
    for opening, closing in ("()", "（）"):
        start = text.rfind(opening, 0, cut)
        if start > cut // 2 and closing not in text[start:cut]:
            return text[:start].rstrip()
    return text[:cut].rstrip(" ,;:，；：、（(") + "…"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _title(entry: EntryStanding, say: Labels) -> str:
    """The class as the newest run printed it, and the heart of the message."""
    words = _plain(texts(entry.entry, say.language).title.text)
    cell = entry.control[entry.raised_in[-1]].cell
    assert cell is not None, "an environment that raised has a record"
    exception = (cell.exception or "").rsplit(".", 1)[-1]
    return words if exception in words else f"{exception}: {words}"


def _apart(titles: dict[str, str]) -> dict[str, str]:
    """The titles; where two are alike, for both were cut, with the names of their entries."""
    count = Counter(titles.values())
    return {
        slug: title if count[title] == 1 else f"{title} ({slug})" for slug, title in titles.items()
    }


def _description(entry: EntryStanding, standing: Standing, say: Labels) -> str:
    words, fix = texts(entry.entry, say.language), entry.fixes[0]
    return say(
        "seo.description",
        summary=shorten(_plain(words.summary.text), _SUMMARY),
        fix=_plain(words.claims[fix.name].title.text),
        figures=figures.proven(fix, standing, say),
    )


def _versions(entry: EntryStanding, standing: Standing, say: Labels) -> str:
    tested = [name for name, run in entry.control.items() if run.outcome]
    return figures.versions(standing, tested, tested, say)


def _published(entry: EntryStanding, dates: Dates) -> datetime | None:
    """When its entry and the first record that proves a fix were both in the repository."""
    slug = entry.entry.slug
    proofs = {name for fix in entry.fixes for name in fix.proven_in}
    records = _added(dates, (f"{EVIDENCE}/{slug}/{name}.json" for name in proofs))
    return latest((dates.added.get(f"{ENTRIES}/{slug}/entry.yaml"), min(records, default=None)))


def _added(dates: Dates, paths: Iterable[str]) -> list[datetime]:
    """The known dates of files; of none if one is not known, since that may be the first."""
    found = [dates.added.get(path) for path in paths]
    known = [date for date in found if date]
    return known if len(known) == len(found) else []


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())
