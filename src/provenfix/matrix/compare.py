"""What ran now against what is recorded: the same versions must give the same. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from provenfix.load import EVIDENCE
from provenfix.matrix.session import Ran
from provenfix.model import Entry
from provenfix.records import Cell, Environment, Record, Store


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a record and a run disagree.

    Args:
        path: The record's file, relative to the repository root.
        cell: The cell, with the field: `fix_x.outcome`.
        recorded, observed: What each says.
    """

    path: str
    cell: str
    recorded: Any
    observed: Any

    def __str__(self) -> str:
        both = (self.recorded, self.observed)
        recorded, ran = (json.dumps(value, ensure_ascii=False) for value in both)
        rule = f"{self.cell} must be what a run gives"
        return f"{self.path}:1:1: {rule} (recorded {recorded}, ran {ran})"


def differences(ran: Ran, environment: Environment, store: Store) -> Iterator[Difference]:
    """Every field in which the record of this column differs from a run.

    Args:
        ran: What ran.
        environment: Where it ran.
        store: The evidence. The record of the very environment is taken, else one of its column
            (another patch release of Python, say).
    """
    record = _record(ran.entry, environment, store)
    name = record.environment if record else environment.name
    path = f"{EVIDENCE}/{ran.entry.slug}/{name}.json"
    for cell_name, cell in ran.cells.items():
        recorded = record.cells.get(cell_name) if record else None
        if recorded is None:
            yield Difference(path, cell_name, None, cell.outcome.value)
        elif not cell.agrees(recorded):
            yield from _fields(path, cell_name, recorded, cell)
    known = record.literals if record else {}
    for text, found in ran.found.items():
        if known.get(text) is not found:
            yield Difference(path, f"literals[{json.dumps(text)}]", known.get(text), found)


def _fields(path: str, name: str, recorded: Cell, ran: Cell) -> Iterator[Difference]:
    old, new = recorded.model_dump(mode="json"), ran.model_dump(mode="json")
    for key in sorted(old.keys() - {"runs", "differing"}):
        if old[key] != new[key]:
            yield Difference(path, f"{name}.{key}", old[key], new[key])


def _record(entry: Entry, environment: Environment, store: Store) -> Record | None:
    same_column = [
        name for name, other in store.environments.items() if other.column == environment.column
    ]
    names = [environment.name, *sorted(same_column)]
    return next((r for n in names if (r := store.record(entry.slug, n))), None)
