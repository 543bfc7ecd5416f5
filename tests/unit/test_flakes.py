"""Cells that were run several times: how many runs agree, what is kept, and what it proves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from provenfix import evidence
from provenfix.claims import Claim, ClaimKind
from provenfix.matrix import compare, plan
from provenfix.matrix.session import Ran
from provenfix.model import CONTROL, PROTOCOL, Entry, Facts, Script
from provenfix.records import Cell, Environment, Outcome, Record, Store
from provenfix.standing import EntryStanding, stand
from provenfix.verdict import FAILED, Observed, Verdict, judge, overall
from provenfix.vocabulary import House

PASSED = Cell(inputs="a" * 64, outcome=Outcome.PASSED, asserts=1)
RAISED = Cell(inputs="a" * 64, outcome=Outcome.RAISED, exception="RuntimeError")
LATE = Cell(inputs="a" * 64, outcome=Outcome.TIMEOUT)


def _environment(torch: str) -> Environment:
    return Environment(
        device="cpu",
        python="3.11.7",
        torch=torch,
        build="cpu",
        numpy=None,
        setuptools=None,
        system="Linux x86_64",
        capabilities=(),
        gpu=None,
    )


OLD, HERE = _environment("2.9.1"), _environment("2.13.0")


def _flaky(cell: Cell, runs: int = 3, differing: int = 1, **more: Any) -> Cell:
    return cell.model_copy(update={"runs": runs, "differing": differing, **more})


@pytest.mark.parametrize(
    ("runs", "usual", "differing"),
    [
        ([PASSED], PASSED, 0),
        ([PASSED, PASSED, PASSED], PASSED, 0),
        ([RAISED, PASSED, PASSED], PASSED, 1),
        ([PASSED, PASSED, RAISED], PASSED, 1),
        ([RAISED, PASSED, LATE, PASSED], PASSED, 2),
        ([PASSED, RAISED], PASSED, 1),
    ],
)
def test_what_most_runs_did_is_kept(runs: list[Cell], usual: Cell, differing: int) -> None:
    """One cell says what was seen most often, first on a draw, and how often it was not."""
    cell = Cell.of_runs(runs)

    assert usual.model_copy(update={"runs": len(runs), "differing": differing}) == cell


def test_measured_costs_that_vary_are_no_flake() -> None:
    """Runs whose costs lie within a factor of two, and with them what they print, are alike."""
    runs = [
        PASSED.model_copy(update={"measures": {"seconds_ratio": cost}, "stdout": (str(cost),)})
        for cost in (2.0, 2.5, 3.0)
    ]
    cell = Cell.of_runs(runs)

    assert (3, 0, {"seconds_ratio": 2.0}) == (cell.runs, cell.differing, cell.measures)


def test_number_of_runs_is_no_difference() -> None:
    """Cells agree however often each was run, also if one of them was a flake."""
    assert PASSED.agrees(PASSED.model_copy(update={"runs": 9}))
    assert PASSED.agrees(_flaky(PASSED))
    assert not _flaky(PASSED).agrees(_flaky(RAISED))


# What evidence keeps.


def _write(root: Path, cell: Cell) -> tuple[bool, Cell]:
    """Write a record of one cell; whether the file changed, and what it holds now."""
    record = Record(entry="one", environment=HERE.name, protocol=PROTOCOL, cells={CONTROL: cell})
    changed = evidence.write(root, record, HERE)
    store, problems = evidence.read(root)
    assert [] == problems
    return changed, store.records["one", HERE.name].cells[CONTROL]


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        (PASSED, PASSED.model_copy(update={"runs": 3}), "now"),
        (PASSED.model_copy(update={"runs": 3}), PASSED, "before"),
        (PASSED.model_copy(update={"runs": 3}), PASSED.model_copy(update={"runs": 2}), "before"),
        (PASSED, RAISED, "now"),
        (PASSED, _flaky(PASSED), "now"),
        (PASSED.model_copy(update={"runs": 9}), _flaky(PASSED), "now"),
        (_flaky(PASSED), PASSED, "before"),
        (_flaky(PASSED), PASSED.model_copy(update={"runs": 100}), "before"),
        (_flaky(PASSED), RAISED, "before"),
        (_flaky(PASSED), _flaky(RAISED), "before"),
        (_flaky(PASSED), _flaky(RAISED, runs=5, differing=2), "now"),
        (_flaky(PASSED), PASSED.model_copy(update={"inputs": "b" * 64}), "now"),
        (_flaky(PASSED), _flaky(PASSED, inputs="b" * 64), "now"),
    ],
    ids=[
        "more runs",
        "fewer runs",
        "fewer of several",
        "another outcome",
        "a first flake",
        "a flake in fewer runs",
        "a flake, then one run",
        "a flake, then many runs",
        "a flake, then the other outcome",
        "a flake, then as much of one",
        "a flake, then more of one",
        "a flake, then another script",
        "a flake, then a flaky script",
    ],
)
def test_what_a_record_keeps(tmp_path: Path, before: Cell, now: Cell, kept: str) -> None:
    """More runs replace fewer of the same, never fewer more; a flake stays with its script."""
    _write(tmp_path, before)

    assert (kept == "now", now if kept == "now" else before) == _write(tmp_path, now)


# What a flake proves.

CLAIMS = {
    ClaimKind.FIXES: Claim(claim=ClaimKind.FIXES),
    ClaimKind.SAME_ERROR: Claim(claim=ClaimKind.SAME_ERROR),
    ClaimKind.SILENT: Claim(claim=ClaimKind.SILENT),
}


@pytest.mark.parametrize("kind", CLAIMS)
@pytest.mark.parametrize("run", [PASSED, RAISED, LATE])
@pytest.mark.parametrize("control", [PASSED, RAISED, LATE])
def test_flaky_run_or_control_is_flaky(kind: ClaimKind, control: Cell, run: Cell) -> None:
    """Whatever was seen most often, a run or a control that varies proves nothing."""
    for observed in (
        (_flaky(control), run),
        (control, _flaky(run)),
        (_flaky(control), _flaky(run)),
    ):
        beside, own = (Observed(cell, fresh=True) for cell in observed)

        assert Verdict.FLAKY is judge(CLAIMS[kind], beside, own)


@pytest.mark.parametrize("stale", [0, 1])
def test_stale_flake_is_stale(stale: int) -> None:
    """A flake of an older content says nothing of the present one."""
    run, control = (
        Observed(cell, fresh=number != stale)
        for number, cell in enumerate((_flaky(PASSED), RAISED))
    )

    assert Verdict.STALE is judge(CLAIMS[ClaimKind.FIXES], control, run)


def test_cell_that_cannot_run_is_no_flake() -> None:
    """Beside a flaky control, a claim that does not apply still does not apply."""
    unfit = Observed(Cell(inputs="a" * 64, outcome=Outcome.NOT_APPLICABLE), fresh=True)
    control = Observed(_flaky(RAISED), fresh=True)

    assert Verdict.NOT_APPLICABLE is judge(CLAIMS[ClaimKind.FIXES], control, unfit)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([Verdict.VERIFIED, Verdict.FLAKY], Verdict.FLAKY),
        ([Verdict.FLAKY, Verdict.STALE], Verdict.FLAKY),
        ([Verdict.FLAKY, Verdict.REFUTED], Verdict.REFUTED),
    ],
)
def test_flake_anywhere_decides(verdicts: list[Verdict], expected: Verdict) -> None:
    """Over all environments a flake is a failure, though one refuted run weighs more."""
    assert expected is overall(verdicts)
    assert Verdict.FLAKY in FAILED


def _entry() -> Entry:
    content = {
        "group": "g",
        "signatures": [{"exception": "RuntimeError", "pattern": "long enough"}],
        "claims": {
            "fix_a": {"claim": "fixes"},
            "fix_c": {"claim": "fixes"},
            "nofix_b": {"claim": "same_error"},
        },
        "references": ["https://example.org/"],
    }
    scripts = {n: Script(name=n, data=n.encode()) for n in (CONTROL, "fix_a", "fix_c", "nofix_b")}
    return Entry.model_construct(slug="one", facts=Facts.model_validate(content), scripts=scripts)


USUAL = {CONTROL: RAISED, "fix_a": PASSED, "fix_c": PASSED, "nofix_b": RAISED}


def _record(environment: Environment, **changes: Cell) -> Record:
    entry = _entry()
    cells = {
        name: cell.model_copy(update={"inputs": entry.inputs[name]})
        for name, cell in {**USUAL, **changes}.items()
    }
    return plan.merged(entry, environment, None, cells, {"long enough": True})


def _stand(**changes: Cell) -> EntryStanding:
    """Where the entry stands if all was well on an old release, and the new one differs so."""
    records = [_record(OLD), _record(HERE, **changes)]
    house = House.model_construct(entries={"one": _entry()})
    store = Store(
        environments={e.name: e for e in (OLD, HERE)},
        records={(r.entry, r.environment): r for r in records},
    )
    return stand(house, store).entries["one"]


def test_claim_that_is_flaky_anywhere_is_withheld() -> None:
    """A fix that varies in one environment is shown in none, and says where; others are shown."""
    one = _stand(fix_a=_flaky(PASSED))
    (claim,) = one.withheld

    assert ("fix_a", "flaky", (f"{HERE.name} (2/3)",)) == (
        claim.name,
        claim.withheld and claim.withheld.code,
        claim.withheld and claim.withheld.names,
    )
    assert ["fix_c"] == [fix.name for fix in one.fixes]
    assert one.published


def test_flaky_control_withholds_every_claim() -> None:
    """An error that comes and goes proves no fix, so the entry waits for one."""
    one = _stand(**{CONTROL: _flaky(RAISED)})

    assert ["fix_a", "fix_c", "nofix_b"] == [claim.name for claim in one.withheld]
    assert {Verdict.FLAKY} == {claim.overall for claim in one.claims.values()}
    assert one.waiting
    assert "no_verified_fix" == one.waiting.code


# What is run again, and what is compared.


@pytest.mark.parametrize(
    ("changes", "times", "expected"),
    [
        ({}, 1, ()),
        ({}, 3, (CONTROL, "fix_a", "fix_c", "nofix_b")),
        ({"fix_a": _flaky(PASSED)}, 1, ()),
    ],
)
def test_too_few_runs_are_run_again(
    changes: dict[str, Cell], times: int, expected: tuple[str, ...]
) -> None:
    """A cell is open until it was run as often as asked; a flake is known and is not."""
    assert expected == plan.todo(_entry(), _record(HERE, **changes), times)


def test_flake_needs_no_more_runs() -> None:
    """A flake stays one however often it is run, so it is not open for too few runs."""
    often = {n: c.model_copy(update={"runs": 9}) for n, c in USUAL.items()}

    assert () == plan.todo(_entry(), _record(HERE, **{**often, "fix_a": _flaky(PASSED)}), 9)


def test_cell_that_cannot_run_needs_no_more_runs() -> None:
    """What does not apply does not become better known by running it."""
    cell = Cell(inputs="a" * 64, outcome=Outcome.NOT_APPLICABLE)
    record = _record(HERE, **dict.fromkeys(USUAL, cell))

    assert () == plan.todo(_entry(), record, 3)


def test_comparing_does_not_count_runs() -> None:
    """A record of three runs is what one run gives; only what they did is compared."""
    record = _record(HERE, **{n: c.model_copy(update={"runs": 3}) for n, c in USUAL.items()})
    store = Store(environments={HERE.name: HERE}, records={("one", HERE.name): record})
    once = Ran(_entry(), _record(HERE).cells, {"long enough": True}, changed=False)
    other = Ran(_entry(), _record(HERE, fix_a=RAISED).cells, {"long enough": False}, changed=False)
    path = f"evidence/one/{HERE.name}.json:1:1:"

    assert [] == list(compare.differences(once, HERE, store))
    assert [
        f"{path} fix_a.asserts must be what a run gives (recorded 1, ran 0)",
        f'{path} fix_a.exception must be what a run gives (recorded null, ran "RuntimeError")',
        f'{path} fix_a.outcome must be what a run gives (recorded "passed", ran "raised")',
        f'{path} literals["long enough"] must be what a run gives (recorded true, ran false)',
    ] == [str(difference) for difference in compare.differences(other, HERE, store)]
