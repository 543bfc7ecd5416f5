"""Signatures that find their own error, quickly, and no other."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import accumulate

from provenfix.checks import safety
from provenfix.load import Loaded, Source
from provenfix.match.anchors import SHORTEST, anchor
from provenfix.model import CONTROL, Signature
from provenfix.problems import Problem
from provenfix.records import Cell, Outcome, Store


def signatures(source: Source, _: Loaded) -> Iterator[Problem]:
    """A pattern has a literal anchor, and every engine matches it quickly and alike."""
    facts = source.entry.facts
    texts = [("signatures", n, s) for n, s in enumerate(facts.signatures)]
    texts += [("recognised_by", n, s) for n, s in enumerate(facts.recognised_by)]
    for key, number, signature in texts:
        at = (key, number, "pattern")
        found = anchor(signature.pattern)
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


def recorded(loaded: Loaded, store: Store) -> Iterator[Problem]:
    """A signature matches its own entry's recorded error and no other entry's.

    One that no record shows needs a `source`, the page on which it was seen.
    """
    errors = list(_errors(loaded, store))
    reproduced = {slug for slug, _ in errors}
    texts = _Texts(errors)
    for slug, source in loaded.sources.items():
        for number, signature in enumerate(source.entry.facts.signatures):
            found = {owner for owner, cell in texts.near(signature) if _matches(signature, cell)}
            for other in sorted(found - {slug}):
                message = f"a signature must match its own error only (got that of {other}, too)"
                yield source.problem("entry.yaml", ("signatures", number), message)
            if slug in reproduced and slug not in found and signature.source is None:
                message = "a signature that no recorded run shows must have a 'source'"
                yield source.problem("entry.yaml", ("signatures", number), message)


def _errors(loaded: Loaded, store: Store) -> Iterator[tuple[str, Cell]]:
    """The recorded, fresh errors of the repros, with their entries."""
    for (slug, _), record in store.records.items():
        source, cell = loaded.sources.get(slug), record.cells.get(CONTROL)
        if source is None or cell is None or cell.inputs != source.entry.inputs[CONTROL]:
            continue
        if cell.outcome is Outcome.RAISED:
            yield slug, cell


class _Texts:
    """Recorded errors as one long text, in which the literal part of a pattern is looked for once.

    Args:
        errors: The errors, each with its entry.
    """

    def __init__(self, errors: Iterable[tuple[str, Cell]]) -> None:
        # Most environments print the same; one of them is enough.
        distinct = {(slug, cell.exception, _text(cell)): (slug, cell) for slug, cell in errors}
        self._errors = list(distinct.values())
        texts = [f"{_text(cell)}\0" for _, cell in self._errors]
        self._whole = "".join(texts)
        self._ends = list(accumulate(map(len, texts)))

    def near(self, signature: Signature) -> Iterator[tuple[str, Cell]]:
        """The errors that hold the literal part of a signature; all, if it has none."""
        sought, at = anchor(signature.pattern), 0
        while (found := self._whole.find(sought, at)) >= 0 and at < len(self._whole):
            number = bisect(self._ends, found)
            yield self._errors[number]
            at = self._ends[number]


def _text(cell: Cell) -> str:
    return "\n".join(cell.message)


def _matches(signature: Signature, cell: Cell) -> bool:
    text = _text(cell)
    named = cell.exception == signature.exception or signature.exception in text
    return named and re.search(signature.pattern, text) is not None
