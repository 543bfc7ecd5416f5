"""The whole table: every claim kind, beside every control, after every run."""

from __future__ import annotations

import itertools

import pytest

from provenfix.claims import Claim, ClaimKind
from provenfix.records import Cell, Outcome
from provenfix.verdict import Observed, Verdict, judge, overall

V, R, B, N = Verdict.VERIFIED, Verdict.REFUTED, Verdict.BROKEN_DIFFERENTLY, Verdict.NOT_APPLICABLE
CLAIMS = {
    ClaimKind.FIXES: Claim(claim=ClaimKind.FIXES),
    ClaimKind.SAME_ERROR: Claim(claim=ClaimKind.SAME_ERROR),
    ClaimKind.OTHER_ERROR: Claim(claim=ClaimKind.OTHER_ERROR, exception="E", pattern="p"),
    ClaimKind.SILENT: Claim(claim=ClaimKind.SILENT),
    ClaimKind.WORKS_AT_A_COST: Claim(claim=ClaimKind.WORKS_AT_A_COST, measure="steps_ratio"),
    ClaimKind.DIAGNOSES: Claim(claim=ClaimKind.DIAGNOSES, runs="cause_a", cause="a", fix="fix_a"),
}
BESIDE_THE_ERROR = {
    # run:     passed, raised, other_error, timeout, crashed
    ClaimKind.FIXES: (V, R, B, B, B),
    ClaimKind.SAME_ERROR: (R, V, B, B, B),
    ClaimKind.OTHER_ERROR: (R, R, V, B, B),
    ClaimKind.SILENT: (V, R, B, B, B),
    ClaimKind.WORKS_AT_A_COST: (V, R, B, B, B),
    ClaimKind.DIAGNOSES: (R, R, B, B, B),
}
ENDED = (Outcome.PASSED, Outcome.RAISED, Outcome.OTHER_ERROR, Outcome.TIMEOUT, Outcome.CRASHED)


def _observed(outcome: Outcome, *, fresh: bool = True, **more: object) -> Observed:
    """A record that did everything its claim could ask for, with that outcome."""
    content = {"asserts": 1, "expected": True, "measures": {"steps_ratio": 2.0}, **more}
    return Observed(Cell(inputs="0" * 64, outcome=outcome, **content), fresh)  # type: ignore[arg-type]


RAISED = _observed(Outcome.RAISED)


@pytest.mark.parametrize(
    ("kind", "outcome", "expected"),
    [
        (kind, outcome, verdict)
        for kind, row in BESIDE_THE_ERROR.items()
        for outcome, verdict in zip(ENDED, row, strict=True)
    ],
)
def test_beside_the_error(kind: ClaimKind, outcome: Outcome, expected: Verdict) -> None:
    """Where the repro raised, the claim is verified, refuted or ended otherwise."""
    assert expected is judge(CLAIMS[kind], RAISED, _observed(outcome))


RIGHT = ("0 of 4 are free", "cause: a", "fix: fix_a")


@pytest.mark.parametrize(
    ("printed", "caught", "expected"),
    [
        (RIGHT, True, V),
        (RIGHT, False, R),
        (RIGHT[:2], True, R),
        (("cause: b", "fix: fix_a"), True, R),
        (("cause: a", "fix: fix_b"), True, R),
        ((*RIGHT, "cause: b"), True, R),
        ((), True, R),
    ],
)
def test_diagnosis(printed: tuple[str, ...], caught: bool, expected: Verdict) -> None:
    """It must have met the entry's own error, and name just the one cause and its fix."""
    run = _observed(Outcome.RAISED, stdout=printed, caught=caught)

    assert expected is judge(CLAIMS[ClaimKind.DIAGNOSES], RAISED, run)


@pytest.mark.parametrize(
    ("kind", "control", "outcome"),
    list(itertools.product(CLAIMS, [o for o in ENDED if o is not Outcome.RAISED], ENDED)),
)
def test_nothing_is_verified_where_the_repro_does_not_raise(
    kind: ClaimKind, control: Outcome, outcome: Outcome
) -> None:
    """Without the error a script runs or fails, and is never verified."""
    verdict = judge(CLAIMS[kind], _observed(control), _observed(outcome))
    failed = R if kind is ClaimKind.FIXES else B

    assert (Verdict.RUNS if outcome is Outcome.PASSED else failed) is verdict


@pytest.mark.parametrize("kind", [ClaimKind.FIXES, ClaimKind.SILENT, ClaimKind.WORKS_AT_A_COST])
def test_passing_without_an_assert_proves_nothing(kind: ClaimKind) -> None:
    """A script that asserted nothing is refuted, however well it ran."""
    assert R is judge(CLAIMS[kind], RAISED, _observed(Outcome.PASSED, asserts=0))


def test_swallowed_error_is_not_the_same_error() -> None:
    """A dead end that catches the error does not die of it."""
    caught = _observed(Outcome.RAISED, caught=True)

    assert R is judge(CLAIMS[ClaimKind.SAME_ERROR], RAISED, caught)
    assert R is judge(CLAIMS[ClaimKind.FIXES], RAISED, caught)


def test_unexpected_other_error_is_not_the_claimed_one() -> None:
    """`other_error` holds only for the error that the claim names."""
    other = _observed(Outcome.OTHER_ERROR, expected=False)

    assert B is judge(CLAIMS[ClaimKind.OTHER_ERROR], RAISED, other)


def test_cost_that_was_not_printed_is_refuted() -> None:
    """`works_at_a_cost` needs its measure."""
    silent = _observed(Outcome.PASSED, measures={})

    assert R is judge(CLAIMS[ClaimKind.WORKS_AT_A_COST], RAISED, silent)


@pytest.mark.parametrize("kind", CLAIMS)
@pytest.mark.parametrize("outcome", ENDED)
def test_what_is_stale_missing_or_not_applicable_says_so(kind: ClaimKind, outcome: Outcome) -> None:
    """No record, an old record and an unfit environment come before any outcome."""
    claim, run = CLAIMS[kind], _observed(outcome)
    stale = _observed(outcome, fresh=False)
    unfit = _observed(Outcome.NOT_APPLICABLE)
    missing = Observed(None, fresh=False)

    assert Verdict.UNTESTED is judge(claim, RAISED, missing) is judge(claim, missing, run)
    assert Verdict.STALE is judge(claim, RAISED, stale)
    assert Verdict.STALE is judge(claim, _observed(Outcome.RAISED, fresh=False), run)
    assert N is judge(claim, RAISED, unfit) is judge(claim, unfit, run)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([V, V, R], R),
        ([V, B], B),
        ([R, B], R),
        ([V, N], V),
        ([Verdict.STALE, V], Verdict.STALE),
        ([N, N], N),
        ([], Verdict.UNTESTED),
    ],
)
def test_overall(verdicts: list[Verdict], expected: Verdict) -> None:
    """A failure anywhere decides; else what is stale; else what is proven."""
    assert expected is overall(verdicts)
