"""How a script's end becomes an outcome, in a fork and in a fresh interpreter alike."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import SIGNATURE, Run

RAISE = "raise RuntimeError('cannot take the mean of nothing')\n"
SPAWN = """\
import multiprocessing as mp


def square(n, queue):
    queue.put(n * n)


if __name__ == "__main__":
    context = mp.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=square, args=(3, queue))
    process.start()
    result = queue.get(timeout=20)
    process.join()
    assert result == 9
"""
CASES = {
    "passes": ("assert str(1)\n", ("passed", None, 1)),
    "asserts nothing": ("print('hello')\n", ("passed", None, 0)),
    "assert not reached": ("if str():\n    assert str(1)\n", ("passed", None, 0)),
    "assert over lines": ("assert (\n    str(1)\n    == '1'\n)\n", ("passed", None, 1)),
    "two asserts in a loop": ("for i in '12':\n    assert i\nassert str(i)\n", ("passed", None, 2)),
    "raises": (RAISE, ("raised", "RuntimeError", 0)),
    "other class": ("raise ValueError('cannot take the mean')\n", ("other_error", "ValueError", 0)),
    "failing assert": ("assert str(), 'empty'\n", ("other_error", "AssertionError", 0)),
    "swallowed": (f"try:\n    {RAISE}except RuntimeError:\n    pass\nassert str(1)\n", None),
    "suppressed": (
        f"import contextlib\nwith contextlib.suppress(RuntimeError):\n    {RAISE}assert str(1)\n",
        None,
    ),
    "sys.exit(0)": ("import sys\nassert str(1)\nsys.exit(0)\n", ("passed", None, 1)),
    "sys.exit(3)": ("import sys\nsys.exit(3)\n", ("crashed", None, 0)),
    "os._exit(0)": ("import os\nos._exit(0)\n", ("crashed", None, 0)),
    "signal": ("import os\nos.kill(os.getpid(), 11)\n", ("crashed", None, 0)),
    "syntax": ("def f(:\n", ("other_error", "SyntaxError", 0)),
    "not UTF-8": (b"x = '\xff'\n", ("other_error", "SyntaxError", 0)),
    "spawn": (SPAWN, ("passed", None, 1)),
    "pickles its own functions": (
        "import pickle\ndef f():\n    pass\nassert pickle.loads(pickle.dumps(f)) is f\n",
        ("passed", None, 1),
    ),
    "sees its own source": (
        "import inspect\ndef f():\n    return 7\nassert 'return 7' in inspect.getsource(f)\n",
        ("passed", None, 1),
    ),
    "fails at exit": (
        "import threading, os\nt = threading.Thread(target=lambda: None)\nt.start()\n"
        "assert str(1)\n",
        ("passed", None, 1),
    ),
}


@pytest.mark.parametrize("isolate", ["fork", "process"])
@pytest.mark.parametrize("name", CASES)
def test_outcome(run: Run, name: str, isolate: str) -> None:
    """Outcome, exception and asserts are those of the case; swallowing counts as raising."""
    source, expected = CASES[name]
    answer = run(source, isolate)

    if expected is None:
        assert ("raised", True) == (answer["outcome"], answer["caught"])
        assert "the script caught the error and went on" == answer["reason"]
    else:
        assert expected == (answer["outcome"], answer["exception"], answer["asserts"]), answer


def test_reasons(run: Run) -> None:
    """What the outcome does not tell, the reason does."""
    reasons = {name: run(CASES[name][0])["reason"] for name in CASES if CASES[name][1]}

    assert "exit status 3" == reasons["sys.exit(3)"]
    assert "ended without finishing" == reasons["os._exit(0)"]
    assert "ended by SIGSEGV" == reasons["signal"]
    assert reasons["raises"] is None


@pytest.mark.parametrize("isolate", ["fork", "process"])
def test_traceback_is_the_scripts_own(run: Run, isolate: str) -> None:
    """The recorded traceback is what `python script.py` prints: no frame of ours, no folder."""
    answer = run(f"def f():\n    {RAISE}\n\nf()\n", isolate)

    assert [
        "Traceback (most recent call last):",
        '  File "script.py", line 5, in <module>',
        "    f()",
        '  File "script.py", line 2, in f',
        "    raise RuntimeError('cannot take the mean of nothing')",
        "RuntimeError: cannot take the mean of nothing",
    ] == answer["traceback"]
    assert ["cannot take the mean of nothing"] == answer["message"]
    assert SIGNATURE["pattern"] == answer["signature"]


def test_error_quoted_from_a_worker_process_matches(run: Run) -> None:
    """An error that another class quotes with its traceback is still the same error."""
    answer = run(
        "inner = 'Traceback (most recent call last):\\n  File \"x\", line 1\\n'\n"
        "inner += 'RuntimeError: cannot take the mean of nothing\\n'\n"
        "class ProcessRaisedException(Exception): pass\n"
        "raise ProcessRaisedException('\\n\\n-- Process 1 terminated with:\\n' + inner)\n"
    )

    assert ("raised", "ProcessRaisedException") == (answer["outcome"], answer["exception"])


def test_error_printed_by_a_child_matches(run: Run) -> None:
    """A launcher that exits with a status leaves the error on standard error; it is found there."""
    answer = run(
        "import subprocess, sys\n"
        f"code = {RAISE!r}\n"
        "sys.exit(subprocess.run([sys.executable, '-c', code]).returncode)\n"
    )

    assert ("raised", "RuntimeError") == (answer["outcome"], answer["exception"])


@pytest.mark.parametrize(
    ("message", "expected"), [("no such key", True), ("something else", False)]
)
def test_expected_other_error(run: Run, message: str, expected: bool) -> None:
    """`expected` says whether the other error is the one that the claim names."""
    expect = {"exception": "KeyError", "pattern": "no such"}
    answer = run(f"raise KeyError({message!r})\n", expect=expect)

    assert ("other_error", expected) == (answer["outcome"], answer["expected"])


def test_measures_are_read(run: Run) -> None:
    """Lines `measure NAME VALUE` are the measured costs; other lines are not."""
    answer = run("print('measure steps_ratio 4.0')\nprint('measured x 2')\nassert str(1)\n")

    assert {"steps_ratio": 4.0} == answer["measures"]


def test_runner_needs_only_the_standard_library() -> None:
    """Importing the worker loads no module from outside the standard library but our own."""
    source = Path(__file__).parents[3] / "src"
    code = (
        f"import sys; sys.path.insert(0, {str(source)!r})\n"
        "import provenfix.runner.worker, provenfix.runner.client\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "names -= {*sys.stdlib_module_names, 'provenfix', '__main__'}\n"
        # The build settings of the interpreter are a module with a name of its own.
        "print(*sorted(n for n in names if not n.startswith('_sysconfigdata')))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )

    assert "" == ran.stdout.strip()
