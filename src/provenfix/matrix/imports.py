"""Takes in what a bundle brought: checks every file, and files all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from provenfix import digest, evidence, explainers, strictyaml
from provenfix.fields import Frozen
from provenfix.load import EVIDENCE
from provenfix.matrix import plan, plausible
from provenfix.matrix.plan import Planned
from provenfix.model import PROTOCOL, Entry
from provenfix.problems import InputError, Problem
from provenfix.records import Cell, Digest, Environment, Record, Store
from provenfix.runner.bundled import FORMAT

M = TypeVar("M", bound=BaseModel)

_RERUN = "run the bundle again: python3 run_bundle.py --out DIR"
_BUNDLE_ANEW = "write a bundle of the present entries and run that: provenfix bundle DIR"


class _Brought(Frozen):
    """A cell as it was brought: what it depended on, and the runner's answers."""

    inputs: Digest
    answers: tuple[dict[str, Any], ...]


class _File(Frozen):
    """One file of a bundle's output (`provenfix.runner.bundled`)."""

    bundle: int
    protocol: int
    entry: str
    facts: dict[str, Any]
    literals: dict[str, bool]
    cells: dict[str, _Brought]
    seal: Digest


@dataclass(frozen=True, slots=True)
class Imported:
    """What was filed.

    Args:
        records: The records, in the order of their entries.
        changed: The paths of those whose file changed.
    """

    records: tuple[Record, ...]
    changed: tuple[str, ...]


def read(
    folder: Path, entries: Mapping[str, Entry], store: Store
) -> list[tuple[Record, Environment]]:
    """Check all files of a bundle's output.

    Args:
        folder: What `run_bundle.py --out` wrote.
        entries: All entries.
        store: The evidence so far; what was not brought stays as it is.

    Raises:
        InputError: Something is wrong; holds all of it at once.
    """
    problems: list[Problem] = []
    records = []
    paths = sorted(folder.glob("*.json"))
    if not paths:
        problems.append(
            Problem(str(folder), 1, 1, "must hold files of a bundle (got none)", _RERUN)
        )
    for path in paths:
        try:
            records.append(_record(path, entries, store))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return records


def write(root: Path, records: list[tuple[Record, Environment]]) -> Imported:
    """File checked records."""
    changed = [
        f"{EVIDENCE}/{record.entry}/{environment.name}.json"
        for record, environment in records
        if evidence.write(root, record, environment)
    ]
    return Imported(tuple(record for record, _ in records), tuple(changed))


def _record(path: Path, entries: Mapping[str, Entry], store: Store) -> tuple[Record, Environment]:
    file = _file(path)
    entry = entries.get(file.entry)
    if entry is None:
        raise _wrong(path, ("entry",), f"must be a folder of entries/ (got {file.entry!r})")
    facts = _model(path, Environment, file.facts, "facts")
    problems = [_problem(path, ("facts", key), rule) for key, rule in plausible.environment(facts)]
    cells: dict[str, Cell] = {}
    for name, brought in file.cells.items():
        wrong = list(_problems_of_cell(path, entry, name, brought))
        if wrong:
            problems += wrong
            continue
        try:
            runs = [_run(path, entry, name, answer) for answer in brought.answers]
        except InputError as error:
            problems += error.problems
            continue
        cells[name] = Cell.of_runs(runs)
        rules = [rule for run in runs for rule in plausible.cell(entry, name, run, facts)]
        problems += [_problem(path, ("cells", name), rule) for rule in dict.fromkeys(rules)]
    if problems:
        raise InputError(problems)
    idle = [cell for cell in plan.plan(entry, facts) if cell.missing]
    # What a bundle ran though the versions are out of range counts as not run, as everywhere.
    cells |= {cell.name: plan.not_applicable(cell) for cell in idle}
    old = store.record(entry.slug, facts.name)
    return plan.merged(entry, facts, old, cells, file.literals), facts


def _file(path: Path) -> _File:
    """The file, if it is whole, of our formats, and sealed."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        message = f"must be a whole JSON file (got: {error})"
        raise InputError([Problem(str(path), line, column, message, _RERUN)]) from None
    if isinstance(data, dict):
        for key, known in (("bundle", FORMAT), ("protocol", PROTOCOL)):
            if isinstance(data.get(key), int) and data[key] != known:
                newer = data[key] > known
                tip = "update provenfix: git pull" if newer else _BUNDLE_ANEW
                what = "newer" if newer else "older"
                rule = f"{key} must be {known} (got {data[key]}, which is {what})"
                raise _wrong(path, (key,), rule, tip)
    file = _model(path, _File, data)
    if digest.of_json({key: value for key, value in data.items() if key != "seal"}) != file.seal:
        rule = f"must be the digest of the file (got {file.seal[:12]}…): the file was edited"
        raise _wrong(path, ("seal",), rule)
    return file


def _problems_of_cell(path: Path, entry: Entry, name: str, brought: _Brought) -> Iterator[Problem]:
    if name not in entry.cells:
        yield _problem(path, ("cells", name), f"must be a claim of {entry.slug} (got {name!r})")
    elif brought.inputs != entry.inputs[name]:
        expected, got = (text[:12] for text in (entry.inputs[name], brought.inputs))
        rule = f"must be the digest of {entry.slug}/{name} as it is now, {expected}… (got {got}…)"
        yield _problem(path, ("cells", name, "inputs"), rule, _BUNDLE_ANEW)
    elif not brought.answers:
        yield _problem(path, ("cells", name, "answers"), "must hold at least one run (got none)")


def _run(path: Path, entry: Entry, name: str, answer: dict[str, Any]) -> Cell:
    try:
        return plan.observed(Planned(entry, name, ()), answer)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        rule = f"answers must be the runner's (got {place}: {first['msg']})"
    except ValueError:
        rule = f"answers must be for {entry.slug}/{name} (got {answer.get('id')!r})"
    raise _wrong(path, ("cells", name, "answers"), rule)


def _model(path: Path, model: type[M], data: Any, *place: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        document = strictyaml.read(str(path), path.read_text("utf-8"))[0]
        if place:
            rules = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise _wrong(
                path, place, f"must be the facts of an environment (got {rules})"
            ) from None
        found = explainers.problems(document, error)
        raise InputError([replace(problem, tip=_RERUN) for problem in found]) from None


def _wrong(path: Path, place: tuple[str, ...], rule: str, tip: str = _RERUN) -> InputError:
    return InputError([_problem(path, place, rule, tip)])


def _problem(path: Path, place: tuple[str, ...], rule: str, tip: str = _RERUN) -> Problem:
    """A problem at a place of a JSON file, which is parsed again just to find it."""
    document = strictyaml.read(str(path), path.read_text("utf-8"))[0]
    found = document.problem(place, "")
    key = place[-1] if not rule.startswith(place[-1]) else ""
    return Problem(found.path, found.line, found.column, f"{key} {rule}".strip(), tip)
