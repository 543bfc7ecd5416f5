"""Which cells an environment can run, which are stale, and what the runner is told. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from packaging.specifiers import SpecifierSet

from provenfix.claims import Requires
from provenfix.match.anchors import anchor
from provenfix.model import CONTROL, PROTOCOL, Entry
from provenfix.records import Cell, Environment, Outcome, Record, Store

LIMITS = {
    "seconds": 60,
    "memory_mb": 4096,
    "disk_mb": 512,
    "shm_mb": 256,
    "processes": 64,
    "output_kb": 64,
}
"""What one script may use; seconds of wall time, mebibytes, processes, kibibytes of output."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One cell to run.

    Args:
        entry: The entry.
        name: `repro` or the claim's id.
        missing: What the environment lacks for it; not empty means not applicable.
    """

    entry: Entry
    name: str
    missing: tuple[str, ...]

    @property
    def id(self) -> str:
        """What the runner calls it: the entry's slug and the cell's name."""
        return f"{self.entry.slug}/{self.name}"


def plan(entry: Entry, environment: Environment) -> tuple[Planned, ...]:
    """All cells of an entry in an environment, the control first."""
    return tuple(Planned(entry, name, missing(entry, name, environment)) for name in entry.cells)


def capabilities(entry: Entry, cell: str) -> tuple[str, ...]:
    """The capabilities that a cell requires, its entry's included."""
    return tuple(c for part in _requirements(entry, cell) for c in part.capabilities)


def needs_gpu(entry: Entry, cell: str) -> bool:
    """Whether a cell can only run beside a GPU."""
    return bool({"cuda", "multi_gpu"} & set(capabilities(entry, cell)))


def missing(entry: Entry, cell: str, environment: Environment) -> tuple[str, ...]:
    """What an environment lacks for a cell: capabilities, and packages out of range."""
    lacking: list[str] = []
    for part in _requirements(entry, cell):
        lacking += [c for c in part.capabilities if c not in environment.offers]
        for package in ("torch", "python", "numpy"):
            wanted, present = getattr(part, package), getattr(environment, package)
            if wanted and not (present and SpecifierSet(wanted).contains(present, True)):
                lacking.append(f"{package}{wanted}")
    return tuple(dict.fromkeys(lacking))


def literals(entry: Entry) -> tuple[str, ...]:
    """The texts by which an installed torch is asked which wordings of the error it knows."""
    return tuple(sorted({anchor(s.pattern) for s in entry.facts.signatures} - {""}))


def todo(entry: Entry, record: Record | None, times: int = 1) -> tuple[str, ...]:
    """The cells without a fresh record of enough runs, and with them always the control.

    A flake needs no further runs, as it stays one.

    Args:
        entry: The entry.
        record: What is recorded of it.
        times: How often each cell must have been run.
    """
    cells = record.cells if record else {}
    open_cells = [
        name
        for name in entry.cells
        if name not in cells
        or cells[name].inputs != entry.inputs[name]
        or _is_run_too_seldom(cells[name], times)
    ]
    return tuple(dict.fromkeys([CONTROL, *open_cells])) if open_cells else ()


def open_work(
    entries: Iterable[Entry], store: Store, environment: str, times: int = 1
) -> list[tuple[Entry, tuple[str, ...]]]:
    """The entries that have something to run in an environment, with the names of those cells.

    An entry whose cells are all known comes with none if its literals were not looked for yet.
    """
    work = []
    for entry in entries:
        record = store.record(entry.slug, environment)
        cells = todo(entry, record, times)
        if cells or record is None or set(record.literals) != set(literals(entry)):
            work.append((entry, cells))
    return work


def request(cell: Planned) -> dict[str, Any]:
    """What the runner is told of a cell (see `provenfix.runner.worker`)."""
    entry, claim = cell.entry, cell.entry.facts.claims.get(cell.name)
    script, *beside = entry.programs_of(cell.name)
    around = entry.surroundings_of(cell.name)
    process = entry.facts.isolate or (claim and claim.isolate) or around
    expected = (
        claim and claim.exception and {"exception": claim.exception, "pattern": claim.pattern}
    )
    return {
        "id": cell.id,
        "name": f"{script.name}.py",
        "source": script.text,
        "signatures": [
            {"exception": s.exception, "pattern": s.pattern} for s in entry.facts.signatures
        ],
        "expect": expected,
        "env": around.env if around else {},
        "command": around.command.split(" ") if around and around.command else [],
        "arguments": [f"{other.name}.py" for other in beside],
        "beside": {f"{other.name}.py": other.text for other in beside},
        "packages": around.packages if around else {},
        "own_shm": bool(around and around.shm_mb),
        "isolate": "process" if process else "fork",
        "limits": {**LIMITS, "shm_mb": around.shm_mb} if around and around.shm_mb else LIMITS,
    }


def not_applicable(cell: Planned) -> Cell:
    """The record of a cell that its environment cannot run."""
    reason = f"needs {', '.join(cell.missing)}"
    inputs = cell.entry.inputs[cell.name]
    return Cell(inputs=inputs, outcome=Outcome.NOT_APPLICABLE, reason=reason)


def observed(cell: Planned, answer: dict[str, Any]) -> Cell:
    """The record of a cell from the runner's answer.

    Raises:
        ValueError: The runner answered for another cell, or speaks of something else.
    """
    content = dict(answer)
    if content.pop("id", None) != cell.id:
        raise ValueError(f"the runner must answer for {cell.id} (got {answer})")
    return Cell.model_validate({**content, "inputs": cell.entry.inputs[cell.name]})


def merged(
    entry: Entry,
    environment: Environment,
    old: Record | None,
    new: dict[str, Cell],
    found: dict[str, bool],
) -> Record:
    """A record with the new cells in it; cells of claims that no longer exist are dropped.

    Args:
        entry, environment: What ran where.
        old: The record so far.
        new: What was observed.
        found: Whether the environment's torch holds each literal; those of other entries are left
            out.
    """
    cells = {**(old.cells if old else {}), **new}
    return Record(
        entry=entry.slug,
        environment=environment.name,
        protocol=PROTOCOL,
        cells={name: cells[name] for name in entry.cells if name in cells},
        literals={text: found[text] for text in literals(entry) if text in found},
    )


def _is_run_too_seldom(cell: Cell, times: int) -> bool:
    known = cell.differing > 0 or cell.outcome is Outcome.NOT_APPLICABLE
    return cell.runs < times and not known


def _requirements(entry: Entry, cell: str) -> tuple[Requires, ...]:
    claim = entry.facts.claims.get(cell)
    return (entry.facts.requires, claim.requires) if claim else (entry.facts.requires,)
