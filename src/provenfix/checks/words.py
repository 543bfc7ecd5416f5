"""Words that fit their place, and no figure that nobody measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from provenfix.load import Source
from provenfix.problems import Problem
from provenfix.strictyaml import Location
from provenfix.vocabulary import Vocabularies

LONGEST = {"title": 75, "summary": 200, "yours": 130, "cause": 900, "claim title": 60}
"""Characters that a field of en.yaml may have."""

_FIGURES = re.compile(
    r"\d+(?:\.\d+)?\s?[%％]|\d+(?:\.\d+)?\s?(?:percent\b|times (?:faster|slower)|倍)"
)
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|!?\[[^\]]*\]\([^)]*\)")


def words(source: Source, _: Vocabularies) -> Iterator[Problem]:
    """Texts are short enough, hold no markup but `backticks`, and no percentages or ratios."""
    entry = source.entry
    for name in ("title", "summary", "yours", "cause"):
        yield from _too_long(source, (name,), getattr(entry.en, name) or "", LONGEST[name])
    for name, claim in entry.en.claims.items():
        yield from _too_long(source, ("claims", name, "title"), claim.title, LONGEST["claim title"])
    for file, tree in (("en.yaml", entry.en), ("zh.yaml", entry.zh)):
        for location, text in _texts(tree.model_dump(), ()):
            yield from _refused(source, file, location, text)


def _too_long(source: Source, location: Location, text: str, most: int) -> Iterator[Problem]:
    if len(text) > most:
        name = ".".join(map(str, location))
        message = f"{name} must have at most {most} characters (got {len(text)})"
        yield source.problem("en.yaml", location, message)


def _refused(source: Source, file: str, location: Location, text: str) -> Iterator[Problem]:
    name = ".".join(map(str, location))
    prose = re.sub(r"`[^`]*`", "", text)
    for found in _FIGURES.finditer(prose):
        message = f"{name} must hold no figure that no run printed (got {found[0]!r})"
        yield source.problem(file, location, message, "pages take their figures from evidence/")
    for found in _MARKUP.finditer(prose):
        message = f"{name} must be plain text with `backticks` only (got {found[0]!r:.40})"
        yield source.problem(file, location, message)


def _texts(tree: Any, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _texts(value, (*location, key))
    elif isinstance(tree, str) and location[-1] != "of":
        yield location, tree
