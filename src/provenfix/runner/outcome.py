"""What a script did, from how it ended. Pure."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from provenfix.runner.report import Error, Report
from provenfix.runner.sandbox.limits import Limits
from provenfix.runner.tracebacks import names, printed_errors

Signature = Mapping[str, str]
"""An error to look for: `exception`, the class name, and `pattern`, a regular expression."""

_CAUGHT = "the script caught the error and went on"
_MEASURE = re.compile(r"^measure (\w+) (\d+(?:\.\d+)?)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a script ended, seen from outside.

    Args:
        report: What its harness said; None if the main program did not come to its end.
        status: Exit status, or minus the number of the signal that ended it; None if it was
            killed from outside.
        stdout, stderr: What it printed.
        contained: What it was kept from.
        folder: Where it worked.
        late: It was killed at the limit on time.
        memory_kills: Processes that were killed at the limit on memory.
        failure: Why it could not be started.
    """

    report: Report | None = None
    status: int | None = None
    stdout: str = ""
    stderr: str = ""
    contained: tuple[str, ...] = ()
    folder: str = ""
    late: bool = False
    memory_kills: int = 0
    failure: str | None = None


def judge(
    ended: Ended,
    signatures: Sequence[Signature],
    expect: Signature | None,
    limits: Limits,
    lines: Callable[[str], list[str]],
) -> dict[str, Any]:
    """The worker's answer, but for the request's id.

    Args:
        ended: How the script ended.
        signatures: What the entry's error looks like.
        expect: The other error that the claim names.
        limits: What the script was allowed.
        lines: Makes stable lines of a text (`normalise.Places.lines`).
    """
    report = ended.report
    own, others = _searchers(signatures, expect, lines)
    error, outcome, reason = _end(ended, limits, lambda e: bool(own(e) or others(e)))
    caught = None
    if outcome == "passed" and report:
        caught = next((e for e in report.seen if own(e)), None)
    if caught:
        error, reason = caught, _CAUGHT
    signature = own(error) if error else None
    return {
        "outcome": "raised" if signature else outcome,
        "exception": error.exception if error else None,
        "message": lines(error.message) if error else [],
        "traceback": lines(report.traceback) if report and error is report.error else [],
        "stdout": lines(ended.stdout),
        "asserts": report.asserts if report else 0,
        "caught": caught is not None,
        "signature": signature,
        "expected": error is not None and others(error) is not None,
        "measures": _measures(ended.stdout),
        "reason": reason,
        "contained": sorted(ended.contained),
    }


def _searchers(
    signatures: Sequence[Signature], expect: Signature | None, lines: Callable[[str], list[str]]
) -> tuple[Callable[[Error], str | None], Callable[[Error], str | None]]:
    """Functions that give the pattern an error matches: of the entry, and of the claim."""

    def searcher(wanted: Iterable[Signature]) -> Callable[[Error], str | None]:
        def search(error: Error) -> str | None:
            text = "\n".join(lines(error.message))
            return next((s["pattern"] for s in wanted if _matches(s, error, text)), None)

        return search

    return searcher(signatures), searcher([expect] if expect else [])


def _matches(signature: Signature, error: Error, text: str) -> bool:
    name = signature["exception"]
    known = name == error.exception or names(name, text)
    return known and re.search(signature["pattern"], text) is not None


def _end(
    ended: Ended, limits: Limits, wanted: Callable[[Error], bool]
) -> tuple[Error | None, str, str | None]:
    """The final error, the outcome as far as no signature decides it, and the reason."""
    report, status = ended.report, ended.status
    if ended.failure:
        return None, "crashed", ended.failure
    if ended.late:
        return None, "timeout", f"killed after {limits.seconds:g} s"
    if report and report.error:
        return report.error, "other_error", None
    if report and status == 0:
        return None, "passed", None
    if status == 0:
        return None, "crashed", "ended without finishing"
    # torchrun and its like end with a status; the error was printed by a process they started.
    error = next(filter(wanted, printed_errors(ended.stderr)), None)
    if error:
        return error, "other_error", None
    return None, "crashed", _reason(ended, limits)


def _reason(ended: Ended, limits: Limits) -> str:
    status = ended.status
    if ended.memory_kills and (status is None or status == -signal.SIGKILL):
        return f"memory limit of {limits.memory_mb} MB"
    if status is None:
        return "killed from outside"
    return f"ended by signal {-status}" if status < 0 else f"exit status {status}"


def _measures(stdout: str) -> dict[str, float]:
    """The costs that a script printed; a ratio of 0 is none."""
    found = {name: float(value) for name, value in _MEASURE.findall(stdout)}
    return {name: value for name, value in found.items() if value > 0}
