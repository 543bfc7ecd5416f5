"""Which cells run where, and what a record becomes."""

from __future__ import annotations

from typing import Any

import pytest

from provenfix.matrix import plan
from provenfix.model import CONTROL, PROTOCOL, Entry, Facts, Script
from provenfix.records import Cell, Environment, Outcome

HERE = Environment(
    device="cpu",
    python="3.11.7",
    torch="2.13.0",
    build="cpu",
    numpy="2.4.6",
    setuptools=None,
    system="Linux x86_64",
    capabilities=("fork", "gloo", "no_cuda"),
    gpu=None,
)


def _entry(**changes: Any) -> Entry:
    content: dict[str, Any] = {
        "group": "g",
        "signatures": [{"exception": "RuntimeError", "pattern": "long enough"}],
        "claims": {
            "fix_a": {"claim": "fixes", "requires": {"torch": ">=2.14"}},
            "nofix_b": {"claim": "other_error", "exception": "TypeError", "pattern": "no such"},
            "fix_env": {"claim": "fixes", "script": "repro", "with": {"env": {"TORCH_X": "1"}}},
        },
        "references": ["https://example.org/"],
        **changes,
    }
    scripts = {n: Script(name=n, data=n.encode()) for n in ("repro", "fix_a", "nofix_b")}
    facts = Facts.model_validate(content)
    return Entry.model_construct(slug="one", facts=facts, scripts=scripts)


def _cell(entry: Entry, name: str) -> Cell:
    return Cell(inputs=entry.inputs[name], outcome=Outcome.PASSED)


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({}, CONTROL, ()),
        ({}, "fix_a", ("torch>=2.14",)),
        ({"requires": ["cuda", "fork"]}, CONTROL, ("cuda",)),
        ({"requires": ["cuda"]}, "fix_a", ("cuda", "torch>=2.14")),
        ({"requires": ["cpu_build"]}, CONTROL, ()),
        ({"requires": ["cuda_build", "no_cuda"]}, CONTROL, ("cuda_build",)),
        ({"requires": {"numpy": "<2"}}, "nofix_b", ("numpy<2",)),
        ({"requires": {"python": ">=3.11,<3.12"}}, "nofix_b", ()),
    ],
)
def test_missing(changes: dict[str, Any], name: str, expected: tuple[str, ...]) -> None:
    """A cell lacks what its entry and its claim require and the environment has not."""
    assert expected == plan.missing(_entry(**changes), name, HERE)


def test_control_comes_first() -> None:
    """The repro runs before any claim."""
    assert [CONTROL, "fix_a", "nofix_b", "fix_env"] == [c.name for c in plan.plan(_entry(), HERE)]


def test_todo_is_what_is_missing_or_stale_beside_its_control() -> None:
    """One changed script makes its own cell and the control run again, nothing else."""
    entry = _entry()
    cells = {name: _cell(entry, name) for name in entry.cells}
    complete = plan.merged(entry, HERE, None, cells, {})
    changed = Entry.model_construct(
        slug="one",
        facts=entry.facts,
        scripts={**entry.scripts, "nofix_b": Script(name="nofix_b", data=b"changed")},
    )

    assert () == plan.todo(entry, complete)
    assert (CONTROL, "nofix_b") == plan.todo(changed, complete)
    assert entry.cells == plan.todo(entry, None)


def test_merging_keeps_other_cells_and_drops_unknown_ones() -> None:
    """A record takes in what ran, keeps the rest, and forgets claims that are gone."""
    entry = _entry()
    old = plan.merged(entry, HERE, None, {"fix_a": _cell(entry, "fix_a")}, {})
    old = old.model_copy(update={"cells": {**old.cells, "fix_gone": old.cells["fix_a"]}})
    found = {"long enough": True, "of another entry": True}
    merged = plan.merged(entry, HERE, old, {CONTROL: _cell(entry, CONTROL)}, found)

    assert [CONTROL, "fix_a"] == list(merged.cells)
    assert {"long enough": True} == merged.literals
    assert (PROTOCOL, HERE.name) == (merged.protocol, merged.environment)


def test_request_tells_the_runner_everything() -> None:
    """Signatures, the other error, surroundings and isolation reach the runner."""
    entry = _entry()
    by_name = {c.name: plan.request(c) for c in plan.plan(entry, HERE)}

    assert ("nofix_b.py", "nofix_b") == (by_name["nofix_b"]["name"], by_name["nofix_b"]["source"])
    assert {"exception": "TypeError", "pattern": "no such"} == by_name["nofix_b"]["expect"]
    assert ("fork", {}) == (by_name["nofix_b"]["isolate"], by_name["nofix_b"]["env"])
    assert ("repro.py", "repro") == (by_name["fix_env"]["name"], by_name["fix_env"]["source"])
    assert (
        "process",
        {"TORCH_X": "1"},
    ) == (by_name["fix_env"]["isolate"], by_name["fix_env"]["env"])


def test_answer_of_another_cell_is_refused() -> None:
    """The runner's answer is filed only under the cell that was asked for."""
    planned = plan.plan(_entry(), HERE)[0]

    with pytest.raises(ValueError, match="must answer for one/repro"):
        plan.observed(planned, {"id": "one/fix_a", "outcome": "passed"})


def test_not_applicable_says_what_is_missing() -> None:
    """The record of a cell that cannot run here names what it needs."""
    planned = plan.plan(_entry(requires=["cuda"]), HERE)[1]
    cell = plan.not_applicable(planned)

    assert (Outcome.NOT_APPLICABLE, "needs cuda, torch>=2.14") == (cell.outcome, cell.reason)


def test_gpu_cells_are_known() -> None:
    """A cell that requires CUDA is a GPU cell; one that requires its absence is not."""
    gpu, cpu = (plan.needs_gpu(_entry(requires=[name]), CONTROL) for name in ("cuda", "no_cuda"))

    assert (True, False) == (gpu, cpu)
