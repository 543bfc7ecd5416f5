"""What the card of each entry says: path below docs/ -> card. Pure."""

from __future__ import annotations

import re

from packaging.version import Version

from provenfix.cards import Card, Release
from provenfix.labels import LANGUAGES, Labels, labels
from provenfix.render import figures, wordings
from provenfix.render.paths import card
from provenfix.standing import EntryStanding, Standing
from provenfix.verdict import Verdict
from provenfix.vocabulary import House
from provenfix.words import texts

_HAN = "\u2e80", "\u9fff"
_ASIDE = re.compile(r"\s*[(（](?P<aside>[^()（）]+)[)）]$")
"""What a title says in brackets at its end."""


def cards(house: House, standing: Standing) -> dict[str, Card]:
    """One card for each entry and language; that of a waiting entry claims nothing.

    Args:
        house: The entries and their groups.
        standing: Where each entry stands.
    """
    return {
        card(slug, language): _card(house, standing, entry, labels(language))
        for language in LANGUAGES
        for slug, entry in standing.entries.items()
    }


def _card(house: House, standing: Standing, entry: EntryStanding, say: Labels) -> Card:
    group = getattr(house.groups[entry.entry.facts.group], say.language)
    exception, error = _recorded(entry) if entry.published else _expected(entry)
    whole = f"{exception} {error}".strip()
    title = _beyond(_plain(texts(entry.entry, say.language).title.text), whole)
    verdict = _verdict(entry, standing, say)
    named = f"{whole} ({title})" if title else whole
    return Card(
        group=group,
        exception=exception,
        error=error,
        title=title,
        verdict=verdict,
        verified=entry.published,
        releases=_releases(entry, standing) if entry.published else (),
        alt=say("card.alt", group=group, error=named, verdict=verdict),
    )


def _verdict(entry: EntryStanding, standing: Standing, say: Labels) -> str:
    if entry.waiting:
        return say("card.waiting", reason=say.reason(entry.waiting))
    return figures.verified(entry, standing, say)


def _recorded(entry: EntryStanding) -> tuple[str, str]:
    """What the newest run printed: the exception, if the line begins with it, and the rest."""
    cell = entry.control[entry.raised_in[-1]].cell
    assert cell is not None, "an environment that raised has a record"
    heart = _plain(wordings.recorded(cell).heart, "")
    exception = f"{cell.exception}:"
    if heart.startswith(exception):
        return exception, heart.removeprefix(exception).strip()
    return "", heart


def _expected(entry: EntryStanding) -> tuple[str, str]:
    """The same of an error that nobody has run: its title in the words of the program."""
    exception = f"{entry.entry.facts.signatures[0].exception}:"
    title = _ASIDE.sub("", _plain(entry.entry.en.title))
    return exception, title.removeprefix(exception).strip()


def _beyond(title: str, error: str) -> str:
    """What a title says that the error does not: all of it, what it has in brackets, or nothing."""
    found = _ASIDE.search(title)
    if _new(_ASIDE.sub("", title), error):
        return title
    return found["aside"] if found and _new(found["aside"], error) else ""


def _new(text: str, error: str) -> bool:
    """Whether a text has a word of more than one letter that the error lacks, or Chinese."""
    known = set(re.findall(r"[a-z0-9]+", error.lower()))
    words = re.findall(r"[a-z0-9]{2,}", text.lower())
    return any(word not in known for word in words) or any(
        _HAN[0] <= letter <= _HAN[1] for letter in text
    )


def _releases(entry: EntryStanding, standing: Standing) -> tuple[Release, ...]:
    """All recorded releases, the oldest first, and whether the best fix is verified there."""
    best, found = entry.fixes[0], dict[str, bool]()
    for name, environment in standing.environments.items():
        held = best.verdicts[name] is Verdict.VERIFIED
        found[environment.torch] = found.get(environment.torch, False) or held
    return tuple(Release(version=v, verified=found[v]) for v in sorted(found, key=Version))


def _plain(text: str, marks: str = "`") -> str:
    for mark in marks:
        text = text.replace(mark, "")
    return " ".join(text.split())
