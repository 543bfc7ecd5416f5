"""Signatures that find their own error, quickly, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from provenfix.checks import safety
from provenfix.load import Loaded, Source
from provenfix.match.anchors import SHORTEST
from provenfix.model import CONTROL, Signature
from provenfix.problems import Problem
from provenfix.records import Cell, Outcome, Record, Store
from provenfix.vocabulary import Vocabularies

_WORD = re.compile(r"\w+")
_INNER_WORD = re.compile(r"(?<=\W)\w+(?=\W)")


def signatures(source: Source, _: Vocabularies) -> Iterator[Problem]:
    """A pattern has a literal anchor, and every engine matches it quickly and alike."""
    facts = source.entry.facts
    texts = [("signatures", n, s) for n, s in enumerate(facts.signatures)]
    texts += [("recognised_by", n, s) for n, s in enumerate(facts.recognised_by)]
    for key, number, signature in texts:
        at = (key, number, "pattern")
        found = signature.anchor
        if len(found) < SHORTEST:
            rule = f"must hold {SHORTEST} literal characters in a row that every match contains"
            yield source.problem("entry.yaml", at, f"a pattern {rule} (got {found!r})")
        for pattern in sorted({signature.pattern, signature.parts or signature.pattern}):
            for fault in safety.faults(pattern):
                message = f"a pattern must not hold {fault} (got {pattern!r:.80})"
                yield source.problem("entry.yaml", at, message)


def shared(loaded: Loaded, _: Store) -> Iterator[Problem]:
    """No two entries have the same signature."""
    owner: dict[tuple[str, str], str] = {}
    for slug, source in loaded.sources.items():
        for number, signature in enumerate(source.entry.facts.signatures):
            first = owner.setdefault((signature.exception, signature.pattern), slug)
            if first != slug:
                message = f"a signature must belong to one entry (got one of {first})"
                yield source.problem("entry.yaml", ("signatures", number), message)


def shown(source: Source, records: Sequence[Record]) -> Iterator[Problem]:
    """A signature matches its own entry's recorded error.

    One that no record shows needs a `source`, the page on which it was seen.
    """
    errors = list(_errors(source, records))
    for number, signature in enumerate(source.entry.facts.signatures if errors else ()):
        if signature.source is None and not any(_matches(signature, cell) for cell in errors):
            message = "a signature that no recorded run shows must have a 'source'"
            yield source.problem("entry.yaml", ("signatures", number), message)


def recorded(loaded: Loaded, store: Store) -> Iterator[Problem]:
    """A signature matches no other entry's recorded error."""
    texts = _Texts(
        (slug, cell)
        for slug, records in store.by_entry.items()
        if slug in loaded.sources
        for cell in _errors(loaded.sources[slug], records)
    )
    for slug, source in loaded.sources.items():
        for number, signature in enumerate(source.entry.facts.signatures):
            near = ((owner, cell) for owner, cell in texts.near(signature) if owner != slug)
            for other in sorted({owner for owner, cell in near if _matches(signature, cell)}):
                message = f"a signature must match its own error only (got that of {other}, too)"
                yield source.problem("entry.yaml", ("signatures", number), message)


def _errors(source: Source, records: Sequence[Record]) -> Iterator[Cell]:
    """The recorded, fresh errors of an entry's repro."""
    for record in records:
        cell = record.cells.get(CONTROL)
        if cell and cell.outcome is Outcome.RAISED and cell.inputs == source.entry.inputs[CONTROL]:
            yield cell


class _Texts:
    """Recorded errors, found by the words that they hold.

    Args:
        errors: The errors, each with its entry.
    """

    def __init__(self, errors: Iterable[tuple[str, Cell]]) -> None:
        # Most environments print the same; one of them is enough.
        distinct = {(slug, cell.exception, _text(cell)): (slug, cell) for slug, cell in errors}
        self._errors = [(text, *error) for (*_, text), error in distinct.items()]
        self._holding: dict[str, list[int]] = {}
        for number, (text, *_) in enumerate(self._errors):
            for word in set(_WORD.findall(text)):
                self._holding.setdefault(word, []).append(number)

    def near(self, signature: Signature) -> Iterator[tuple[str, Cell]]:
        """The errors that hold the literal part of a signature; all, if it has none."""
        # Its first and its last word may be parts of longer ones.
        words = _INNER_WORD.findall(signature.anchor)
        rarest = min((self._holding.get(word, []) for word in words), key=len, default=None)
        for number in range(len(self._errors)) if rarest is None else rarest:
            text, slug, cell = self._errors[number]
            if signature.anchor in text:
                yield slug, cell


def _text(cell: Cell) -> str:
    return "\n".join(cell.message)


def _matches(signature: Signature, cell: Cell) -> bool:
    text = _text(cell)
    if signature.anchor not in text:
        return False  # without compiling the pattern, which takes long
    named = cell.exception == signature.exception or signature.exception in text
    return named and re.search(signature.pattern, text) is not None
