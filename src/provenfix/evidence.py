"""Records on disk: what was observed. Only the runner's results are written, and only whole files.

One file per entry and environment, sorted keys, one value a line, no durations and no dates:
running again changes nothing unless something changed, and two machines never touch one file. A
record carries the digest of its own content (`seal`), so that an edit by hand is found without
running anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provenfix import digest, files, folders, sealed
from provenfix.cache import Cache
from provenfix.folders import Files, Reader
from provenfix.garbage import uncollected
from provenfix.load import EVIDENCE
from provenfix.problems import Problem
from provenfix.records import Cell, Environment, Record, Store
from provenfix.strictyaml import Location

ENVIRONMENTS = "environments"


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file says, or what is wrong with it."""

    name: str
    record: Record | None
    problems: list[Problem]


def write(root: Path, record: Record, environment: Environment) -> bool:
    """Write a record and its environment, each whole or not at all, and only if something changed.

    Args:
        root: The repository.
        record: What was observed; a cell that agrees with the one on disk leaves that one as it is,
            unless it was run more often. A flake stays until its script changes.
        environment: Where.

    Returns:
        Whether the record's file changed.
    """
    folder = root / EVIDENCE
    facts = environment.model_dump(mode="json")
    files.replace(folder / ENVIRONMENTS / f"{environment.name}.json", _text(facts))
    path = folder / record.entry / f"{environment.name}.json"
    before, _ = sealed.record(path, path.read_bytes()) if path.exists() else (None, [])
    cells = dict(record.cells)
    for name, cell in cells.items():
        old = before.cells.get(name) if before else None
        if old and ((old.differing and old.inputs == cell.inputs) or cell.agrees(old)):
            cells[name] = cell if cell.knows_more(old) else old
    content = record.model_copy(update={"cells": cells}).content()
    return files.replace(path, _text({**content, "seal": digest.of_json(content)}))


@uncollected()
def read(
    root: Path,
    cells: Mapping[str, Iterable[str]] | None = None,
    unread: frozenset[str] = frozenset(),
    cache: Cache | None = None,
) -> tuple[Store, list[Problem]]:
    """Read all evidence.

    Args:
        root: The repository.
        cells: The known cell names of each entry; a record of an entry or cell that is not among
            them is a problem. None skips this check.
        unread: Entries that exist but are not in `cells`; their records are not checked against it.
        cache: Where records are remembered.
    """
    problems: list[Problem] = []
    environments: dict[str, Environment] = {}
    records: dict[tuple[str, str], Record] = {}
    folder = root / EVIDENCE
    for path in sorted((folder / ENVIRONMENTS).glob("*.json")):
        environment, found = sealed.environment(path.relative_to(root), path.read_bytes())
        problems += found
        if environment:
            environments[environment.name] = environment
    for slug, one in _records(folder, cache):
        found, record = one.problems, one.record
        if record:
            found = list(_place(root, (slug, one.name), record, environments))
            if cells is not None and record.entry not in unread:
                found += _known(root, (slug, one.name), record, cells)
        problems += found
        if record and not found:
            records[record.entry, record.environment] = record
    return Store(environments=environments, records=records), problems


def _records(folder: Path, cache: Cache | None) -> Iterator[tuple[str, _Read]]:
    """All files of records with the folder of each, in the order of their paths."""
    entries = [name for name in folders.names(folder) if name != ENVIRONMENTS]
    for slug, found in Reader(folder, _is_record, _entry).values(entries, cache).items():
        for one in found:
            yield slug, one


def _is_record(name: str) -> bool:
    return name.endswith(".json")


def _entry(slug: str, found: Files) -> list[_Read]:
    """The records of one entry."""
    every = []
    known: dict[str, list[Cell]] = {}
    for name, data in found.data.items():
        record, problems = sealed.record(Path(EVIDENCE, slug, name), data)
        # Most environments do the same: equal cells become one, which halves what is remembered.
        for cell, ran in record.cells.items() if record else ():
            before = known.setdefault(cell, [])
            same = next((other for other in before if other == ran), None)
            if record and same:
                record.cells[cell] = same
            else:
                before.append(ran)
        every.append(_Read(name, record, problems))
    return every


def _place(
    root: Path, at: tuple[str, str], record: Record, environments: Mapping[str, Environment]
) -> Iterable[Problem]:
    """A record must lie where its content says, beside its environment."""
    for key, value, expected in (
        ("entry", record.entry, at[0]),
        ("environment", record.environment, at[1].removesuffix(".json")),
    ):
        if value != expected:
            yield _problem(root, at, (key,), f"{key} must be {expected!r} (got {value!r})")
    if record.environment not in environments:
        rule = f"environment must have a file in {EVIDENCE}/{ENVIRONMENTS}/"
        yield _problem(root, at, ("environment",), f"{rule} (got {record.environment!r})")


def _known(
    root: Path, at: tuple[str, str], record: Record, cells: Mapping[str, Iterable[str]]
) -> Iterable[Problem]:
    """A record must speak of an entry and of claims that exist."""
    if record.entry not in cells:
        message = f"entry must be a folder of entries/ (got {record.entry!r})"
        yield _problem(root, at, ("entry",), message)
        return
    for cell in record.cells.keys() - set(cells[record.entry]):
        message = f"must name claims of {record.entry} only (got {cell!r})"
        yield _problem(root, at, ("cells", cell), message)


def _problem(root: Path, at: tuple[str, str], location: Location, message: str) -> Problem:
    """A problem at a place of a record's file."""
    path = Path(EVIDENCE, *at)
    return sealed.say(path, (root / path).read_bytes(), location, message)


def _text(value: Any) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
