"""What a script did, in a fork and in a fresh interpreter alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import SCRIPTS, Run

MODES = pytest.mark.parametrize("isolate", ["fork", "process"])
NOTHING = "cannot take the mean of nothing"
CASES: dict[str, dict[str, Any]] = {
    "asserts": {"outcome": "passed", "asserts": 3, "measures": {"steps_ratio": 4.0}},
    "asserts_in_child": {"outcome": "passed", "asserts": 0},
    "dies_of_signal": {"outcome": "crashed", "reason": "ended by signal 11"},
    "exits_early": {"outcome": "crashed", "reason": "ended without finishing", "asserts": 0},
    "exits_politely": {"outcome": "passed", "asserts": 1},
    "exits_with_status": {"outcome": "raised", "exception": "RuntimeError", "message": [NOTHING]},
    "handles_another_error": {"outcome": "passed", "asserts": 1, "caught": False},
    "knows_itself": {"outcome": "passed", "message": []},
    "leaves_threads": {"outcome": "passed", "stdout": ["done"]},
    "raises": {"outcome": "raised", "message": [NOTHING], "stdout": ["before"], "caught": False},
    "raises_in_child": {"outcome": "raised", "exception": "WorkerFailed"},
    "raises_other": {"outcome": "other_error", "exception": "KeyError", "caught": False},
    "spawns": {"outcome": "passed", "asserts": 1},
    "swallows": {"outcome": "raised", "caught": True, "message": [NOTHING], "asserts": 1},
    "swallows_in_thread": {"outcome": "raised", "caught": True, "message": [NOTHING]},
    "syntax_error": {"outcome": "other_error", "exception": "SyntaxError"},
    "uses_hook": {"outcome": "raised", "stdout": ["hook saw RuntimeError 6"]},
    "waits_for_thread": {
        "outcome": "passed",
        "stdout": ["main done", "thread done", "exit function"],
    },
}


@MODES
@pytest.mark.parametrize("name", CASES)
def test_script(run: Run, name: str, isolate: str) -> None:
    """The answer holds what its docstring says it does."""
    answer = run(name, isolate=isolate)

    assert CASES[name] == {key: answer[key] for key in CASES[name]}, answer


@pytest.mark.parametrize("name", CASES)
def test_modes_agree(run: Run, name: str) -> None:
    """A fork and a fresh interpreter give the very same answer, traceback included."""
    assert run(name) == run(name, isolate="process")


def test_traceback_is_what_python_prints(run: Run) -> None:
    """It holds the script's frames and the cause, and no frame of the harness."""
    assert [
        "Traceback (most recent call last):",
        '  File "raises.py", line 6, in mean',
        "    return sum(values) / len(values)",
        "           ~~~~~~~~~~~~^~~~~~~~~~~~~",
        "ZeroDivisionError: division by zero",
        "",
        "The above exception was the direct cause of the following exception:",
        "",
        "Traceback (most recent call last):",
        '  File "raises.py", line 12, in <module>',
        "    mean([])",
        '  File "raises.py", line 8, in mean',
        f'    raise RuntimeError("{NOTHING}") from error',
        f"RuntimeError: {NOTHING}",
    ] == run("raises")["traceback"]


@pytest.mark.parametrize(("pattern", "expected"), [("^'mean'$", True), ("median", False)])
def test_expected_error(run: Run, pattern: str, expected: bool) -> None:
    """`expected` says whether the final error is the one that the claim names."""
    expect = {"exception": "KeyError", "pattern": pattern}

    assert expected is run("raises_other", expect=expect)["expected"]


def test_scripts_do_not_see_each_other(run: Run) -> None:
    """Each finds its folder empty and the modules' state as it was: the second run is like new."""
    assert [13, 13] == [run("knows_itself")["asserts"] for _ in range(2)]


def test_every_script_is_used() -> None:
    """No fixture lies about that no test runs."""
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))

    assert [] == [path.name for path in SCRIPTS.glob("*.py") if f'"{path.stem}"' not in tests]
