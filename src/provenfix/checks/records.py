"""Evidence that may be relied on: contained, and fresh where CI makes it again."""

from __future__ import annotations

from collections.abc import Iterator

from provenfix.load import EVIDENCE, Loaded
from provenfix.model import Entry
from provenfix.problems import Problem
from provenfix.records import CONTAINED, Outcome, Record, Store


def contained(loaded: Loaded, store: Store) -> Iterator[Problem]:
    """A script ran contained: kept from files, memory, network, processes and time not its own."""
    for (slug, environment), record in store.records.items():
        for name, cell in record.cells.items():
            lacking = CONTAINED - set(cell.contained)
            if lacking and cell.outcome is not Outcome.NOT_APPLICABLE:
                path = f"{EVIDENCE}/{slug}/{environment}.json"
                message = (
                    f"cells.{name} must have run contained (lacking {', '.join(sorted(lacking))})"
                )
                tip = "record on a machine that offers namespaces, as root"
                yield Problem(path, 1, 1, message, tip)


def fresh(loaded: Loaded, store: Store) -> Iterator[Problem]:
    """Every cell of every entry has a fresh record in the column that CI runs."""
    column = loaded.columns.ci if loaded.columns else ""
    names = [name for name, e in store.environments.items() if e.column == column]
    for slug, source in loaded.sources.items():
        records = [r for name in names if (r := store.record(slug, name))]
        for cell in source.entry.cells:
            if not any(_is_fresh(source.entry, cell, record) for record in records):
                message = f"{cell} must have a fresh record in {column}"
                tip = f"provenfix run {slug} --todo --record"
                yield Problem(f"{EVIDENCE}/{slug}", 1, 1, message, tip)


def _is_fresh(entry: Entry, cell: str, record: Record) -> bool:
    found = record.cells.get(cell)
    return found is not None and found.inputs == entry.inputs[cell]
