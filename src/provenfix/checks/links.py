"""Links between entries, and from entries to their sources."""

from __future__ import annotations

from collections.abc import Iterator

from provenfix.load import Loaded, Source
from provenfix.problems import Problem
from provenfix.records import Store


def links(source: Source, loaded: Loaded) -> Iterator[Problem]:
    """The group and related entries exist, and nothing is named twice."""
    facts = source.entry.facts
    if facts.group not in loaded.groups:
        known = ", ".join(loaded.groups)
        message = f"group must be one of {known} (got {facts.group!r})"
        yield source.problem("entry.yaml", ("group",), message, "see entries/groups.yaml")
    for key in ("confused_with", "leads_to"):
        for number, slug in enumerate(getattr(facts, key)):
            if slug not in loaded.folders or slug == source.entry.slug:
                message = f"{key} must name other entries (got {slug!r})"
                yield source.problem("entry.yaml", (key, number), message)
    for key in ("confused_with", "leads_to", "references", "aliases"):
        values = getattr(facts, key)
        for number, value in enumerate(values):
            if value in values[:number]:
                message = f"{key} must not repeat an item (got {value!r} twice)"
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
