"""The sentence on the reader's own message fits every wording that it is shown for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenfix.load import Source
from provenfix.match import variables
from provenfix.problems import Problem
from provenfix.vocabulary import Vocabularies

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def yours(source: Source, _: Vocabularies) -> Iterator[Problem]:
    """`yours` has placeholders, the same in both languages, and each wording has such a part."""
    english, chinese = source.entry.en.yours, source.entry.zh.yours
    if (english is None) != (chinese is None):
        file = "zh.yaml" if chinese is None else "en.yaml"
        yield source.problem(file, (), "yours must stand in both languages or in none")
    if english is None:
        return
    named = set(_PLACEHOLDER.findall(english))
    if not named:
        yield source.problem("en.yaml", ("yours",), "yours must have a placeholder such as {1}")
    if chinese is not None and named != set(_PLACEHOLDER.findall(chinese.text)):
        message = "yours must have the same placeholders as in en.yaml"
        yield source.problem("zh.yaml", ("yours", "text"), message)
    for number, signature in enumerate(source.entry.facts.signatures):
        if signature.parts:
            yield from _beyond(source, named, number, signature.parts)


def _beyond(source: Source, named: set[str], number: int, pattern: str) -> Iterator[Problem]:
    """The placeholders that a wording has no variable part for."""
    try:
        parts = variables.count(pattern)
    except ValueError as error:
        yield source.problem("entry.yaml", ("signatures", number, "pattern"), str(error))
        return
    allowed = {str(n) for n in range(1, parts + 1)}
    for name in sorted(named - allowed):
        message = f"yours must name variable parts of signature {number + 1} (got {{{name}}})"
        tip = f"it has {parts}; 'yours: false' beside a signature leaves it out"
        yield source.problem("en.yaml", ("yours",), message, tip)
