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

from provenfix import digest, files, sealed
from provenfix.cache import Cache
from provenfix.folders import Files, Reader
from provenfix.garbage import uncollected
from provenfix.load import EVIDENCE
from provenfix.problems import Problem
from provenfix.records import Environment, Record, Store

ENVIRONMENTS = "environments"


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file says, or what is wrong with it."""

    path: Path
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
    for one in _records(folder, cache):
        found, record = one.problems, one.record
        if record:
            found = list(_place(root, one.path, record, environments))
            if cells is not None and record.entry not in unread:
                found += _known(root, one.path, record, cells)
        problems += found
        if record and not found:
            records[record.entry, record.environment] = record
    return Store(environments=environments, records=records), problems


def _records(folder: Path, cache: Cache | None) -> Iterator[_Read]:
    """All records, in the order of their paths."""
    names = sorted(path.name for path in folder.glob("*") if path.is_dir())
    entries = [name for name in names if name != ENVIRONMENTS]
    reader = Reader(folder, _is_record, _entry)
    for found in reader.values(entries, cache).values():
        yield from found


def _is_record(name: str) -> bool:
    return name.endswith(".json")


def _entry(slug: str, found: Files) -> list[_Read]:
    """The records of one entry."""
    every = []
    for name, data in found.data.items():
        path = Path(EVIDENCE) / slug / name
        every.append(_Read(path, *sealed.record(path, data)))
    return every


def _place(
    root: Path, path: Path, record: Record, environments: Mapping[str, Environment]
) -> Iterable[Problem]:
    """A record must lie where its content says, beside its environment."""
    for key, value, expected in (
        ("entry", record.entry, path.parent.name),
        ("environment", record.environment, path.stem),
    ):
        if value != expected:
            message = f"{key} must be {expected!r} (got {value!r})"
            yield sealed.say(path, (root / path).read_bytes(), (key,), message)
    if record.environment not in environments:
        rule = f"environment must have a file in {EVIDENCE}/{ENVIRONMENTS}/"
        message = f"{rule} (got {record.environment!r})"
        yield sealed.say(path, (root / path).read_bytes(), ("environment",), message)


def _known(
    root: Path, path: Path, record: Record, cells: Mapping[str, Iterable[str]]
) -> Iterable[Problem]:
    """A record must speak of an entry and of claims that exist."""
    if record.entry not in cells:
        message = f"entry must be a folder of entries/ (got {record.entry!r})"
        yield sealed.say(path, (root / path).read_bytes(), ("entry",), message)
        return
    for cell in record.cells.keys() - set(cells[record.entry]):
        message = f"must name claims of {record.entry} only (got {cell!r})"
        yield sealed.say(path, (root / path).read_bytes(), ("cells", cell), message)


def _text(value: Any) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
