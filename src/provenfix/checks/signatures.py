"""Signatures that find their own error, quickly, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    for slug, source in loaded.sources.items():
        for number, signature in enumerate(source.entry.facts.signatures):
            found = {owner for owner, cell in errors if _matches(signature, cell)}
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


def _matches(signature: Signature, cell: Cell) -> bool:
    text = "\n".join(cell.message)
    named = cell.exception == signature.exception or signature.exception in text
    return named and re.search(signature.pattern, text) is not None
