"""One Chinese word for one thing, on all pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from provenfix import translation
from provenfix.load import Source
from provenfix.problems import Problem
from provenfix.vocabulary import Term, Vocabularies

_CODE = re.compile(r"`[^`]*`")
_TIP = "entries/glossary.yaml holds the agreed terms"


def glossary(source: Source, vocabularies: Vocabularies) -> Iterator[Problem]:
    """A Chinese field uses the agreed word for each term of its English, and no refused one."""
    terms = sorted(vocabularies.glossary.terms, key=lambda term: -len(term.en))
    for location, english, chinese in translation.fields(source):
        name = ".".join(map(str, location))
        for message in _faults(_CODE.sub("", english), chinese.text, terms):
            yield source.problem("zh.yaml", (*location, "text"), f"{name} {message}", _TIP)


def _faults(english: str, chinese: str, terms: list[Term]) -> Iterator[str]:
    prose, folded = _CODE.sub("", chinese), _folded(english)
    for term in terms:
        for refused in term.avoid:
            if refused in prose:
                yield f"must say {term.zh} for {term.en!r} (got {refused})"
        # Most terms are in no given text, and looking for a pattern takes long.
        if folded is not None and term.en.lower() not in folded:
            continue
        # Longer terms come first and are taken out, so that "leaf tensor" is no "tensor".
        english, found = _pattern(term.en).subn("", english)
        if not found:
            continue
        folded = _folded(english)
        if not any(word in chinese for word in (term.zh, *term.also)):
            yield f"must use the agreed word for {term.en!r}: {' / '.join((term.zh, *term.also))}"


def _folded(text: str) -> str | None:
    """The text in small letters; None where a letter may equal another one without being it."""
    return text.lower() if text.isascii() else None


@cache
def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(term)}(?:s|es)?\b", re.IGNORECASE)
