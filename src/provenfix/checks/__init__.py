"""What must hold of entries: one rule after the other, each a generator of problems.

A rule's docstring is the rule. It looks at one entry (`RULES`) or at all of them (`HOUSE_RULES`),
and it never prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from provenfix import digest, parallel
from provenfix.cache import Cache
from provenfix.checks.glossary import glossary
from provenfix.checks.glyphs import glyphs
from provenfix.checks.languages import languages
from provenfix.checks.links import aliases, links, related
from provenfix.checks.records import contained, fresh
from provenfix.checks.scripts import scripts
from provenfix.checks.signatures import recorded, shared, shown, signatures
from provenfix.checks.translations import translations
from provenfix.checks.unfilled import unfilled
from provenfix.checks.words import words
from provenfix.checks.yours import yours
from provenfix.garbage import uncollected
from provenfix.load import Loaded, Source
from provenfix.portions import Portions
from provenfix.problems import Problem
from provenfix.records import Record, Store
from provenfix.vocabulary import Vocabularies

RULES: dict[str, Callable[[Source, Vocabularies], Iterable[Problem]]] = {
    "unfilled": unfilled,
    "languages": languages,
    "translations": translations,
    "glossary": glossary,
    "words": words,
    "glyphs": glyphs,
    "yours": yours,
    "scripts": scripts,
    "signatures": signatures,
    "links": links,
}
"""Rules on one entry. All that they read is in the key of `_keys`."""

EVIDENCE_RULES: dict[str, Callable[[Source, Sequence[Record]], Iterable[Problem]]] = {
    "shown": shown,
}
"""Rules on one entry and its own records."""

HOUSE_RULES: dict[str, Callable[[Loaded, Store], Iterable[Problem]]] = {
    "related": related,
    "aliases": aliases,
    "shared": shared,
    "recorded": recorded,
    "contained": contained,
}
"""Rules on all entries together and their evidence."""

FEW = 16
"""Entries that are checked before a second process is worth its start."""


@uncollected()
def check(
    loaded: Loaded, store: Store, *, only_fresh: bool = False, cache: Cache | None = None
) -> list[Problem]:
    """Every problem of the entries that could be loaded, and of their evidence.

    Args:
        loaded: The entries.
        store: All evidence that could be read.
        only_fresh: Also demand a fresh record of every cell in the column that CI runs.
        cache: Where the problems of single entries are remembered.
    """
    table, keys = Portions(cache, "checks"), _keys(loaded, store)
    known: dict[str, tuple[str, list[Problem]]] = table.known
    changed = [slug for slug, key in keys.items() if slug not in known or known[slug][0] != key]
    found = parallel.each(partial(_problems, loaded, store), changed, few=FEW)
    checked = {slug: (keys[slug], problems) for slug, problems in zip(changed, found, strict=True)}
    now = {slug: checked.get(slug) or known[slug] for slug in keys}
    table.keep(now)
    problems = [problem for _, of_one in now.values() for problem in of_one]
    for house_rule in HOUSE_RULES.values():
        problems += house_rule(loaded, store)
    if only_fresh:
        problems += fresh(loaded, store)
    return problems


def _keys(loaded: Loaded, store: Store) -> dict[str, str]:
    """The digest of what the rules on one entry read, for each entry."""
    groups = [(name, group.model_dump()) for name, group in loaded.groups.items()]
    common = digest.of_json([groups, loaded.glossary.model_dump()])
    return {
        slug: digest.of_json(
            [common, source.digest, [record.digest for record in store.by_entry.get(slug, ())]]
        )
        for slug, source in loaded.sources.items()
    }


def _problems(loaded: Loaded, store: Store, slug: str) -> list[Problem]:
    """The problems of one entry."""
    source, records = loaded.sources[slug], store.by_entry.get(slug, ())
    problems = [problem for rule in RULES.values() for problem in rule(source, loaded)]
    for evidence_rule in EVIDENCE_RULES.values():
        problems += evidence_rule(source, records)
    return problems
