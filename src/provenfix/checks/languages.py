"""Both languages say the same things."""

from __future__ import annotations

from collections.abc import Iterator

from provenfix.claims import ClaimKind
from provenfix.load import Source
from provenfix.problems import Problem
from provenfix.vocabulary import Vocabularies

WITH_COST = (ClaimKind.FIXES, ClaimKind.WORKS_AT_A_COST)
"""Claims whose cost a reader must be told."""


def languages(source: Source, _: Vocabularies) -> Iterator[Problem]:
    """Each claim has words in en.yaml and zh.yaml, with the same keys, and its cost if it works."""
    claims = source.entry.facts.claims
    for file, written in (("en.yaml", source.entry.en.claims), ("zh.yaml", source.entry.zh.claims)):
        for name in claims.keys() - written.keys():
            yield source.problem(file, ("claims",), f"claims must have the claim {name!r}")
        for name in written.keys() - claims.keys():
            message = f"claims must be those of entry.yaml (got {name!r})"
            yield source.problem(file, ("claims", name), message)
    for name in claims.keys() & source.entry.en.claims.keys():
        yield from _costs(source, name)


def _costs(source: Source, name: str) -> Iterator[Problem]:
    english = source.entry.en.claims[name]
    if source.entry.facts.claims[name].claim in WITH_COST and english.cost is None:
        message = f"claims.{name} must have the key 'cost': what it costs whoever uses it"
        yield source.problem("en.yaml", ("claims", name), message)
    chinese = source.entry.zh.claims.get(name)
    if chinese is not None and (english.cost is None) != (chinese.cost is None):
        message = f"claims.{name} must have the key 'cost' if and only if en.yaml has it"
        yield source.problem("zh.yaml", ("claims", name), message)
