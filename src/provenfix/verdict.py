"""The one table: claim x control x run -> verdict. Pure; nothing else decides what a run proves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from provenfix.claims import Claim, ClaimKind
from provenfix.records import Cell, Outcome


class Verdict(StrEnum):
    """What the evidence says of a claim in one environment."""

    VERIFIED = "verified"
    """The repro raised the entry's own error, and the script did what is claimed."""
    REFUTED = "refuted"
    """It did not do what is claimed."""
    BROKEN_DIFFERENTLY = "broken_differently"
    """It ended in a way that the claim does not speak of: another error, a crash, a time-out."""
    FLAKY = "flaky"
    """It was run several times and did not do the same each time, or the repro did not."""
    RUNS = "runs"
    """It ran, but the repro did not raise there, so nothing is proven."""
    STALE = "stale"
    """The record is of other content: the script, signatures or claim changed since."""
    UNTESTED = "untested"
    """No record."""
    NOT_APPLICABLE = "not_applicable"
    """The environment lacks what the claim or its entry requires."""


FAILED = (Verdict.REFUTED, Verdict.BROKEN_DIFFERENTLY, Verdict.FLAKY)
"""Verdicts that withhold a claim wherever they occur in its range."""

WORST_FIRST = (
    Verdict.REFUTED,
    Verdict.BROKEN_DIFFERENTLY,
    Verdict.FLAKY,
    Verdict.STALE,
    Verdict.VERIFIED,
    Verdict.RUNS,
    Verdict.UNTESTED,
    Verdict.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Observed:
    """A cell's record, and whether it is of the present content."""

    cell: Cell | None
    fresh: bool

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, if there is a fresh one."""
        return self.cell.outcome if self.cell and self.fresh else None


def judge(claim: Claim, control: Observed, run: Observed) -> Verdict:
    """The verdict of one claim in one environment.

    Args:
        claim: What is claimed.
        control: The record of repro.py in the same environment.
        run: The record of the claim's own script.
    """
    if run.cell is None or control.cell is None:
        return Verdict.UNTESTED
    if not run.fresh or not control.fresh:
        return Verdict.STALE
    if Outcome.NOT_APPLICABLE in (run.outcome, control.outcome):
        return Verdict.NOT_APPLICABLE
    if run.cell.differing or control.cell.differing:
        return Verdict.FLAKY
    if control.outcome is Outcome.RAISED:
        return _beside_the_error(claim, run.cell)
    return _without_the_error(claim, run.cell)


def _beside_the_error(claim: Claim, cell: Cell) -> Verdict:
    """The repro raised: the claim holds, fails, or the run ended in a way of its own."""
    if _holds(claim, cell):
        return Verdict.VERIFIED
    if cell.outcome in (Outcome.RAISED, Outcome.PASSED):
        return Verdict.REFUTED
    return Verdict.BROKEN_DIFFERENTLY


def _holds(claim: Claim, cell: Cell) -> bool:
    """Whether the run did what is claimed; passing without an assert proves nothing."""
    worked = cell.outcome is Outcome.PASSED and cell.asserts > 0
    match claim.claim:
        case ClaimKind.SAME_ERROR:
            return cell.outcome is Outcome.RAISED and not cell.caught
        case ClaimKind.OTHER_ERROR:
            return cell.outcome is Outcome.OTHER_ERROR and cell.expected
        case ClaimKind.WORKS_AT_A_COST:
            return worked and claim.measure in cell.measures
        case ClaimKind.DIAGNOSES:
            return cell.caught and _conclusions(cell) == [
                f"cause: {claim.cause}",
                f"fix: {claim.fix}",
            ]
        case ClaimKind.FIXES | ClaimKind.SILENT:
            return worked


def _conclusions(cell: Cell) -> list[str]:
    """The lines in which a diagnosis says what it found."""
    return [line for line in cell.stdout if line.startswith(("cause: ", "fix: "))]


def _without_the_error(claim: Claim, cell: Cell) -> Verdict:
    """The repro did not raise: nothing can be proven, but a fix that fails is still refuted."""
    if cell.outcome is Outcome.PASSED:
        return Verdict.RUNS if cell.asserts or not claim.is_fix else Verdict.REFUTED
    return Verdict.REFUTED if claim.is_fix else Verdict.BROKEN_DIFFERENTLY


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """One verdict for a claim over all environments: a failure, if there is one."""
    found = set(verdicts)
    return next((v for v in WORST_FIRST if v in found), Verdict.UNTESTED)
