"""Links between entries, and from entries to their sources."""

from __future__ import annotations

from collections.abc import Iterator

from provenfix.load import Loaded, Source
from provenfix.problems import Problem
from provenfix.records import Store
from provenfix.vocabulary import Vocabularies

_RELATED = ("confused_with", "leads_to")


def links(source: Source, vocabularies: Vocabularies) -> Iterator[Problem]:
    """The group exists, and nothing is named twice."""
    facts = source.entry.facts
    if facts.group not in vocabularies.groups:
        known = ", ".join(vocabularies.groups)
        message = f"group must be one of {known} (got {facts.group!r})"
        yield source.problem("entry.yaml", ("group",), message, "see entries/groups.yaml")
    for key in (*_RELATED, "references", "aliases"):
        values = getattr(facts, key)
        for number, value in enumerate(values):
            if value in values[:number]:
                message = f"{key} must not repeat an item (got {value!r} twice)"
                yield source.problem("entry.yaml", (key, number), message)


def related(loaded: Loaded, _: Store) -> Iterator[Problem]:
    """Related entries exist."""
    for own, source in loaded.sources.items():
        for key in _RELATED:
            for number, slug in enumerate(getattr(source.entry.facts, key)):
                if slug not in loaded.folders or slug == own:
                    message = f"{key} must name other entries (got {slug!r})"
                    yield source.problem("entry.yaml", (key, number), message)


def aliases(loaded: Loaded, _: Store) -> Iterator[Problem]:
    """An alias is neither an entry nor the alias of another one: each address leads to one page."""
    owner: dict[str, str] = {}
    for slug, source in loaded.sources.items():
        for number, alias in enumerate(source.entry.facts.aliases):
            taken = owner.setdefault(alias, slug)
            if alias in loaded.folders or taken != slug:
                by = alias if alias in loaded.folders else taken
                message = f"aliases must be free (got {alias!r}, which leads to {by})"
                yield source.problem("entry.yaml", ("aliases", number), message)
