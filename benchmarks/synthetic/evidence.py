"""Evidence of synthetic entries, sealed by the package's own code. Nothing was run."""

from __future__ import annotations

import random
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from provenfix import evidence
from provenfix.claims import Claim, ClaimKind
from provenfix.matrix import plan
from provenfix.model import CONTROL, PROTOCOL
from provenfix.records import CONTAINED, Cell, Environment, Outcome, Record
from provenfix.vocabulary import Columns
from synthetic.entries import Made

VERSIONS = ("2.0.1", "2.6.0", "2.13.0", "2.15.0")
"""The columns that have evidence; every second entry lacks the last."""
_WRITERS = 16
"""Each file is synchronised with the disk, so writers wait most of the time."""


def columns(planned: Columns) -> Columns:
    """Those columns of the matrix that have evidence."""
    chosen = [c for c in planned.environments if c.device == "cpu" and c.torch in VERSIONS]
    return Columns(ci=planned.ci, environments=tuple(chosen))


def environments(planned: Columns) -> list[Environment]:
    """What would be found in these columns, on a system that nobody has.

    So their names differ from those of real environments, and no record could be taken for one.
    """
    return [
        Environment(
            device=column.device,
            python=f"{column.python}.7",
            torch=column.torch,
            build=column.build,
            numpy=column.numpy,
            setuptools=column.setuptools,
            system="Synthetic x86_64",
            capabilities=("fork", "gloo", "no_cuda"),
            gpu=None,
        )
        for column in planned.environments
    ]


def write(root: Path, made: Iterable[Made], where: list[Environment]) -> None:
    """Put evidence into the house at `root`."""
    with ThreadPoolExecutor(_WRITERS) as executor:
        jobs = [
            executor.submit(evidence.write, root, _record(one, place, environment), environment)
            for number, one in enumerate(made)
            for place, environment in enumerate(where[: len(where) - number % 2])
        ]
        for job in jobs:
            job.result()


def _record(made: Made, place: int, environment: Environment) -> Record:
    """All cells of an entry; the two oldest environments print the older message."""
    older = len(made.messages) > 1 and place < len(VERSIONS) // 2
    wording = 1 if older else 0
    cells = {
        cell.name: plan.not_applicable(cell) if cell.missing else _cell(made, cell.name, wording)
        for cell in plan.plan(made.entry, environment)
    }
    found = {text: text in made.messages[wording] for text in plan.literals(made.entry)}
    return Record(
        entry=made.entry.slug,
        environment=environment.name,
        protocol=PROTOCOL,
        cells=cells,
        literals=found,
    )


def _cell(made: Made, name: str, wording: int) -> Cell:
    """What the script would have done if its claim held."""
    claim = made.entry.facts.claims.get(name)
    if name == CONTROL or (claim and claim.claim is ClaimKind.SAME_ERROR):
        signature = made.entry.facts.signatures[wording]
        did = _died(made, name, signature.exception, made.messages[wording])
        did |= {"outcome": Outcome.RAISED, "signature": signature.pattern}
    elif name in made.others:
        did = _died(made, name, *made.others[name])
        did |= {"outcome": Outcome.OTHER_ERROR, "expected": True}
    else:
        did = {"outcome": Outcome.PASSED, "asserts": 1, **_measured(made, name, claim)}
    contained = tuple(sorted(CONTAINED))
    return Cell(inputs=made.entry.inputs[name], contained=contained, runs=3, **did)


def _died(made: Made, name: str, exception: str, message: str) -> dict[str, Any]:
    """The traceback of a program that died where the operator is called."""
    lines = made.entry.scripts[name].text.splitlines()
    number = next(n for n, line in enumerate(lines, 1) if made.call in line)
    frames = (
        "Traceback (most recent call last):",
        f'  File "{name}.py", line {number}, in <module>',
        f"    {lines[number - 1].strip()}",
    )
    return {
        "exception": exception,
        "message": (message,),
        "traceback": (*frames, f"{exception}: {message}"),
    }


def _measured(made: Made, name: str, claim: Claim | None) -> dict[str, Any]:
    if claim is None or claim.measure is None:
        return {}
    chance = random.Random(f"{made.entry.slug} {name}")
    ratio = round(chance.uniform(1.5, 9), 1)
    return {"measures": {claim.measure: ratio}, "stdout": (f"measure {claim.measure} {ratio}",)}
