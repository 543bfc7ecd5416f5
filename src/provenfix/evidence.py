"""Records on disk: what was observed. Only the runner's results are written, and only whole files.

One file per entry and environment, sorted keys, one value a line, no durations and no dates:
running again changes nothing unless something changed, and two machines never touch one file. A
record carries the digest of its own content (`seal`), so that an edit by hand is found without
running anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from provenfix import digest, explainers, files, strictyaml
from provenfix.load import EVIDENCE
from provenfix.model import PROTOCOL
from provenfix.problems import Problem
from provenfix.records import Digest, Environment, Record, Store

ENVIRONMENTS = "environments"


class _Sealed(Record):
    seal: Digest


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
    before, _ = _record(path, path.name) if path.exists() else (None, [])
    cells = dict(record.cells)
    for name, cell in cells.items():
        old = before.cells.get(name) if before else None
        if old and ((old.differing and old.inputs == cell.inputs) or cell.agrees(old)):
            cells[name] = cell if cell.knows_more(old) else old
    content = record.model_copy(update={"cells": cells}).content()
    return files.replace(path, _text({**content, "seal": digest.of_json(content)}))


def read(
    root: Path,
    cells: Mapping[str, Iterable[str]] | None = None,
    unread: frozenset[str] = frozenset(),
) -> tuple[Store, list[Problem]]:
    """Read all evidence.

    Args:
        root: The repository.
        cells: The known cell names of each entry; a record of an entry or cell that is not among
            them is a problem. None skips this check.
        unread: Entries that exist but are not in `cells`; their records are not checked against it.
    """
    problems: list[Problem] = []
    environments: dict[str, Environment] = {}
    records: dict[tuple[str, str], Record] = {}
    folder = root / EVIDENCE
    for path in sorted((folder / ENVIRONMENTS).glob("*.json")):
        name = path.relative_to(root).as_posix()
        environment, found = _environment(path, name)
        problems += found
        if environment:
            environments[environment.name] = environment
    for path in sorted(folder.glob("*/*.json")):
        if path.parent.name == ENVIRONMENTS:
            continue
        name = path.relative_to(root).as_posix()
        record, found = _record(path, name)
        if record:
            found = list(_place(path, name, record, environments))
            if cells is not None and record.entry not in unread:
                found += _known(path, name, record, cells)
        problems += found
        if record and not found:
            records[record.entry, record.environment] = record
    return Store(environments=environments, records=records), problems


_RERUN = "evidence is written by the runner alone: provenfix run {entry} --record"


def _document(path: Path, name: str) -> tuple[strictyaml.Document | None, Any, list[Problem]]:
    """The JSON of a file, and the same as a document with places (JSON is YAML)."""
    tip = _RERUN.format(entry=path.parent.name)
    try:
        text = path.read_text("utf-8")
        return strictyaml.Document(name, None), json.loads(text), []
    except json.JSONDecodeError as error:
        message = f"must be a whole JSON file (got: {error.msg})"
        return None, None, [Problem(name, error.lineno, error.colno, message, tip)]
    except UnicodeDecodeError:
        return None, None, [Problem(name, 1, 1, "must be UTF-8 (got other bytes)", tip)]


def _at(path: Path, name: str, *location: str) -> Problem:
    """A problem without words at a place of a JSON file, which is parsed again just to find it."""
    document, _ = strictyaml.read(name, path.read_text("utf-8"))
    return document.problem(location, "")


def _say(problem: Problem, message: str) -> Problem:
    tip = _RERUN.format(entry=Path(problem.path).parent.name)
    return Problem(problem.path, problem.line, problem.column, message, tip)


def _environment(path: Path, name: str) -> tuple[Environment | None, list[Problem]]:
    _, data, problems = _document(path, name)
    if problems:
        return None, problems
    try:
        environment = Environment.model_validate(data)
    except ValidationError as error:
        document, _ = strictyaml.read(name, path.read_text("utf-8"))
        return None, explainers.problems(document, error)
    if environment.name != path.stem:
        rule = "the file's name must end in the hash of its content"
        message = f"{rule} (got {path.stem}, expected {environment.name})"
        return None, [_say(Problem(name, 1, 1, ""), message)]
    return environment, []


def _record(path: Path, name: str) -> tuple[Record | None, list[Problem]]:
    _, data, problems = _document(path, name)
    if problems:
        return None, problems
    protocol = data.get("protocol") if isinstance(data, dict) else None
    if protocol is not None and protocol != PROTOCOL:
        message = f"protocol must be {PROTOCOL} (got {protocol!r})"
        return None, [_say(_at(path, name, "protocol"), message)]
    try:
        sealed = _Sealed.model_validate(data)
    except ValidationError as error:
        document, _ = strictyaml.read(name, path.read_text("utf-8"))
        return None, explainers.problems(document, error)
    record = Record.model_construct(
        entry=sealed.entry,
        environment=sealed.environment,
        protocol=sealed.protocol,
        cells=sealed.cells,
        literals=sealed.literals,
    )
    if digest.of_json({key: value for key, value in data.items() if key != "seal"}) != sealed.seal:
        message = (
            f"seal must be the digest of the record (got {sealed.seal[:12]}…): the file was edited"
        )
        return None, [_say(_at(path, name, "seal"), message)]
    return record, []


def _place(
    path: Path, name: str, record: Record, environments: Mapping[str, Environment]
) -> Iterable[Problem]:
    """A record must lie where its content says, beside its environment."""
    for key, value, expected in (
        ("entry", record.entry, path.parent.name),
        ("environment", record.environment, path.stem),
    ):
        if value != expected:
            yield _say(_at(path, name, key), f"{key} must be {expected!r} (got {value!r})")
    if record.environment not in environments:
        rule = f"environment must have a file in {EVIDENCE}/{ENVIRONMENTS}/"
        message = f"{rule} (got {record.environment!r})"
        yield _say(_at(path, name, "environment"), message)


def _known(
    path: Path, name: str, record: Record, cells: Mapping[str, Iterable[str]]
) -> Iterable[Problem]:
    """A record must speak of an entry and of claims that exist."""
    if record.entry not in cells:
        yield _say(
            _at(path, name, "entry"), f"entry must be a folder of entries/ (got {record.entry!r})"
        )
        return
    known = set(cells[record.entry])
    for cell in record.cells.keys() - known:
        message = f"must name claims of {record.entry} only (got {cell!r})"
        yield _say(_at(path, name, "cells", cell), message)


def _text(value: Any) -> str:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
