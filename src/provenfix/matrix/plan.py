"""Which cells an environment can run, which are stale, and what the runner is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

from provenfix.load import ENTRIES
from provenfix.model import CONTROL, PROTOCOL, Entry, Requires
from provenfix.records import Cell, Environment, Outcome, Record

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
        lacking += [c for c in part.capabilities if c not in environment.capabilities]
        for package in ("torch", "python", "numpy"):
            wanted, present = getattr(part, package), getattr(environment, package)
            if wanted and not (present and SpecifierSet(wanted).contains(present, True)):
                lacking.append(f"{package}{wanted}")
    return tuple(dict.fromkeys(lacking))


def todo(entry: Entry, record: Record | None) -> tuple[str, ...]:
    """The cells without a fresh record; the control is among them as soon as any cell is."""
    cells = record.cells if record else {}
    open_cells = [
        name
        for name in entry.cells
        if name not in cells or cells[name].inputs != entry.inputs[name]
    ]
    return tuple(dict.fromkeys([CONTROL, *open_cells])) if open_cells else ()


def request(root: Path, cell: Planned) -> dict[str, Any]:
    """What the runner is told of a cell (see `provenfix.runner.worker`)."""
    entry, claim = cell.entry, cell.entry.facts.claims.get(cell.name)
    process = entry.facts.isolate or (claim and (claim.isolate or claim.surroundings))
    expected = (
        claim and claim.exception and {"exception": claim.exception, "pattern": claim.pattern}
    )
    return {
        "id": f"{entry.slug}/{cell.name}",
        "path": str(root / ENTRIES / entry.slug / f"{entry.script_of(cell.name)}.py"),
        "signatures": [
            {"exception": s.exception, "pattern": s.pattern} for s in entry.facts.signatures
        ],
        "expect": expected,
        "env": claim.surroundings.env if claim and claim.surroundings else {},
        "isolate": "process" if process else "fork",
        "limits": LIMITS,
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
    if content.pop("id", None) != f"{cell.entry.slug}/{cell.name}":
        raise ValueError(f"the runner must answer for {cell.entry.slug}/{cell.name} (got {answer})")
    return Cell.model_validate({**content, "inputs": cell.entry.inputs[cell.name]})


def merged(
    entry: Entry, environment: Environment, old: Record | None, new: dict[str, Cell]
) -> Record:
    """A record with the new cells in it; cells of claims that no longer exist are dropped."""
    cells = {**(old.cells if old else {}), **new}
    known = {name: cells[name] for name in entry.cells if name in cells}
    return Record(entry=entry.slug, environment=environment.name, protocol=PROTOCOL, cells=known)


def _requirements(entry: Entry, cell: str) -> tuple[Requires, ...]:
    claim = entry.facts.claims.get(cell)
    return (entry.facts.requires, claim.requires) if claim else (entry.facts.requires,)
