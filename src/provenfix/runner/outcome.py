"""What a cell did, from what came out of it. Pure."""

from __future__ import annotations

import os
import re
import signal
from typing import Any

from provenfix.runner import normalise
from provenfix.runner.raw import Raw

_MEASURE = re.compile(
    r"^measure ([a-z_]+) ([0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)\s*$", re.MULTILINE
)
_PRINTED = re.compile(
    r"^Traceback \(most recent call last\):\n(?:[ \t].*\n|\n)*"
    r"([A-Za-z_][\w.]*)(?:: (.*(?:\n(?!Traceback).*)*))?",
    re.MULTILINE,
)
LINES = 60
"""Lines of output and of a traceback that a record holds at most."""


def judge(request: dict[str, Any], raw: Raw) -> dict[str, Any]:
    """The worker's answer for a cell.

    Args:
        request: What was asked (see `worker`).
        raw: What came out.
    """
    ending = raw.ending or {}
    exception, message = ending.get("exception"), ending.get("message") or ""
    printed = ending.get("printed") or ""
    died = exception is not None
    if not died and _failed(raw):
        exception, message, printed = _from_stderr(raw.stderr, request["signatures"])
    signature = _matching(request["signatures"], exception, message)
    outcome, reason = _outcome(request, raw, exception, signature)
    if outcome == "passed":
        exception, message, printed = None, "", ""
    expect = request.get("expect")
    return {
        "id": request["id"],
        "outcome": outcome,
        "exception": exception,
        "message": normalise.lines(message, LINES),
        "traceback": normalise.lines(printed, LINES),
        "stdout": normalise.lines(raw.stdout, LINES),
        "asserts": int(ending.get("asserts", 0)),
        "caught": outcome == "raised" and bool(ending.get("finished")),
        "signature": signature,
        "expected": bool(
            expect and outcome == "other_error" and _matching([expect], exception, message)
        ),
        "measures": {name: float(value) for name, value in _MEASURE.findall(raw.stdout)},
        "reason": reason,
        "contained": raw.contained,
    }


def _failed(raw: Raw) -> bool:
    return raw.status is None or raw.status != 0


def _outcome(
    request: dict[str, Any], raw: Raw, exception: str | None, signature: str | None
) -> tuple[str, str | None]:
    """The outcome, and a reason where the outcome alone does not tell."""
    limits, ending = request["limits"], raw.ending or {}
    if raw.timed_out:
        return "timeout", f"killed after {limits['seconds']} s"
    if ending.get("finished") and raw.status == 0:
        if ending.get("caught"):
            return "raised", "the script caught the error and went on"
        return "passed", None
    if signature:
        return "raised", None
    if raw.out_of_memory:
        return "crashed", f"killed at the memory limit of {limits['memory_mb']} MB"
    if exception:
        return "other_error", None
    return "crashed", _crash(raw)


def _crash(raw: Raw) -> str:
    if raw.ending and "runner_error" in raw.ending:
        return str(raw.ending["runner_error"])
    if raw.status is None:
        return "the container died"
    if os.WIFSIGNALED(raw.status):
        return f"ended by {signal.Signals(os.WTERMSIG(raw.status)).name}"
    status = os.WEXITSTATUS(raw.status)
    return f"exit status {status}" if status else "ended without finishing"


def _matching(signatures: list[dict[str, str]], exception: str | None, message: str) -> str | None:
    """The pattern that an error shows, under its own name or in a traceback that it quotes."""
    for signature in signatures:
        name, pattern = signature["exception"], signature["pattern"]
        quoted = re.compile(rf"^(?:[\w.]*\.)?{re.escape(name)}(?::|$)", re.MULTILINE)
        named = exception == name or quoted.search(message)
        if exception and named and re.search(pattern, message):
            return pattern
    return None


def _from_stderr(stderr: str, signatures: list[dict[str, str]]) -> tuple[str | None, str, str]:
    """The error that processes printed: the entry's own if one did, else the first."""
    found = [(m[1].rpartition(".")[2], m[2] or "", m[0]) for m in _PRINTED.finditer(stderr)]
    own = [error for error in found if _matching(signatures, error[0], error[1])]
    return next(iter(own + found), (None, "", ""))
