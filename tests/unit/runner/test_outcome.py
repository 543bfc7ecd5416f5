"""The rules from how a script ended to what it did."""

from __future__ import annotations

from typing import Any

import pytest

from provenfix.runner.outcome import Ended, judge
from provenfix.runner.report import Error, Report
from provenfix.runner.sandbox.limits import Limits

OWN = Error("RuntimeError", "mat1 and mat2 shapes cannot be multiplied")
OTHER = Error("TypeError", "no such thing")
QUOTED = Error("ProcessRaisedException", f"Traceback (most recent call last):\nRuntimeError: {OWN}")
SIGNATURES = [
    {"exception": "ValueError", "pattern": "cannot be multiplied"},
    {"exception": "RuntimeError", "pattern": "shapes cannot be"},
]
PRINTED = f"Traceback (most recent call last):\n  File\nRuntimeError: {OWN.message}\n"


def _report(error: Error | None = None, status: int = 0, seen: tuple[Error, ...] = ()) -> Report:
    return Report(error, "printed" if error else "", status, asserts=2, seen=seen)


def _judge(**ended: Any) -> dict[str, Any]:
    expect = {"exception": "TypeError", "pattern": "^no such"}
    return judge(Ended(**ended), SIGNATURES, expect, Limits(), str.splitlines)


@pytest.mark.parametrize(
    ("ended", "outcome", "reason"),
    [
        ({"report": _report(), "status": 0}, "passed", None),
        ({"report": _report(OWN, 1), "status": 1}, "raised", None),
        ({"report": _report(OTHER, 1), "status": 1}, "other_error", None),
        ({"report": _report(QUOTED, 1), "status": 1}, "raised", None),
        ({"report": _report(Error("RuntimeError", "x")), "status": 1}, "other_error", None),
        ({"report": _report(Error("KeyError", OWN.message)), "status": 1}, "other_error", None),
        ({"report": _report(status=3), "status": 3}, "crashed", "exit status 3"),
        ({"report": _report(status=3), "status": 3, "stderr": PRINTED}, "raised", None),
        ({"report": _report(), "status": -11}, "crashed", "ended by signal 11"),
        ({"status": -6, "stderr": PRINTED}, "raised", None),
        ({"status": 0, "stderr": PRINTED}, "crashed", "ended without finishing"),
        ({"status": -9}, "crashed", "ended by signal 9"),
        ({"status": -9, "memory_kills": 1}, "crashed", "memory limit of 4096 MB"),
        ({"status": -11, "memory_kills": 1}, "crashed", "ended by signal 11"),
        ({"memory_kills": 1}, "crashed", "memory limit of 4096 MB"),
        ({}, "crashed", "killed from outside"),
        ({"late": True, "report": _report(OWN)}, "timeout", "killed after 60 s"),
        ({"failure": "OSError: no"}, "crashed", "OSError: no"),
    ],
)
def test_outcome(ended: dict[str, Any], outcome: str, reason: str | None) -> None:
    """The outcome, and a reason where it does not speak for itself."""
    answer = _judge(**ended)

    assert (outcome, reason) == (answer["outcome"], answer["reason"])


def test_swallowed_error() -> None:
    """A program that ended well although the entry's own error passed through it has raised it."""
    answer = _judge(report=_report(seen=(OTHER, OWN)), status=0)

    assert ("raised", True, [OWN.message]) == tuple(
        answer[key] for key in ("outcome", "caught", "message")
    )
    assert ("shapes cannot be", []) == (answer["signature"], answer["traceback"])


def test_other_swallowed_errors_do_not_count() -> None:
    """Errors that are none of the entry's may be handled."""
    answer = _judge(report=_report(seen=(OTHER,)), status=0)

    assert ("passed", False, None) == (answer["outcome"], answer["caught"], answer["exception"])


def test_expected_error() -> None:
    """The final error may be the one that the claim names."""
    answer = _judge(report=_report(OTHER, 1), status=1)

    assert (True, None, ["printed"]) == (
        answer["expected"],
        answer["signature"],
        answer["traceback"],
    )


@pytest.mark.parametrize(
    ("stdout", "measures"),
    [
        ("measure steps_ratio 4.0\nmeasure bytes_ratio 2", {"steps_ratio": 4.0, "bytes_ratio": 2}),
        ("measured x 2\n measure y 2\nmeasure z two\nmeasure zero 0.0", {}),
    ],
)
def test_measures(stdout: str, measures: dict[str, float]) -> None:
    """Lines `measure NAME VALUE` are costs, if the value is a positive number."""
    assert measures == _judge(report=_report(), status=0, stdout=stdout)["measures"]
