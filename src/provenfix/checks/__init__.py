"""What must hold of entries: one rule after the other, each a generator of problems.

A rule's docstring is the rule. It looks at one entry (`RULES`) or at all of them (`HOUSE_RULES`),
and it never prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from provenfix import parallel
from provenfix.checks.glossary import glossary
from provenfix.checks.glyphs import glyphs
from provenfix.checks.languages import languages
from provenfix.checks.links import aliases, links
from provenfix.checks.records import contained, fresh
from provenfix.checks.scripts import scripts
from provenfix.checks.signatures import recorded, shared, signatures
from provenfix.checks.translations import translations
from provenfix.checks.unfilled import unfilled
from provenfix.checks.words import words
from provenfix.checks.yours import yours
from provenfix.load import Loaded, Source
from provenfix.problems import Problem
from provenfix.records import Store

RULES: dict[str, Callable[[Source, Loaded], Iterable[Problem]]] = {
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
"""Rules on one entry."""

HOUSE_RULES: dict[str, Callable[[Loaded, Store], Iterable[Problem]]] = {
    "aliases": aliases,
    "shared": shared,
    "recorded": recorded,
    "contained": contained,
}
"""Rules on all entries together and their evidence."""


def check(loaded: Loaded, store: Store, *, only_fresh: bool = False) -> list[Problem]:
    """Every problem of the entries that could be loaded, and of their evidence.

    Args:
        loaded: The entries.
        store: All evidence that could be read.
        only_fresh: Also demand a fresh record of every cell in the column that CI runs.
    """

    def of(source: Source) -> list[Problem]:
        return [problem for rule in RULES.values() for problem in rule(source, loaded)]

    found = parallel.each(of, loaded.sources.values())
    problems = [problem for of_one in found for problem in of_one]
    for house_rule in HOUSE_RULES.values():
        problems += house_rule(loaded, store)
    if only_fresh:
        problems += fresh(loaded, store)
    return problems
