"""Scripts that are started otherwise than as `python script.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenfix.runner import launch
from provenfix.runner.report import Error, Report

from .conftest import Run

RANKS = """\
import os
import sys
rank = int(os.environ["RANK"])
assert sys.argv[1:] == [], sys.argv
assert __file__.endswith("ranks.py") and __name__ == "__main__"
if rank == {dies}:
    raise RuntimeError("cannot take the mean of nothing")
print("rank", rank)
"""
LAUNCHER = """\
import os
import subprocess
import sys
ranks = [
    subprocess.Popen([sys.executable, *sys.argv[1:]], env={**os.environ, "RANK": str(rank)})
    for rank in range(2)
]
sys.exit(max(rank.wait() for rank in ranks))
"""
OWN_SHM = """\
import os
size = os.statvfs("/dev/shm").f_frsize * os.statvfs("/dev/shm").f_blocks
assert size == 16 * 1024 * 1024, size
"""
TWO_RANKS = {
    "command": ["python", "launcher.py", "{script}"],
    "beside": {"launcher.py": LAUNCHER},
}


@pytest.fixture
def ranks(tmp_path: Path) -> Path:
    return tmp_path / "ranks.py"


def test_several_processes(run: Run, ranks: Path) -> None:
    """Each process runs the script as its main program, and their asserts count."""
    ranks.write_text(RANKS.format(dies=-1), "utf-8")
    answer = run(ranks, **TWO_RANKS)

    assert ("passed", 2, []) == (answer["outcome"], answer["asserts"], answer["traceback"])
    assert 2 == len(answer["stdout"])


def test_process_that_dies(run: Run, ranks: Path) -> None:
    """The error of the process that died is the script's."""
    ranks.write_text(RANKS.format(dies=1), "utf-8")
    answer = run(ranks, **TWO_RANKS)

    assert ("raised", "RuntimeError") == (answer["outcome"], answer["exception"])
    assert ["cannot take the mean of nothing"] == answer["message"]
    assert '  File "ranks.py", line 7, in <module>' in answer["traceback"]


def test_command_before_the_interpreter(run: Run, tmp_path: Path) -> None:
    """A command may set what a program inherits, here how many files it may open."""
    script = tmp_path / "files.py"
    script.write_text(
        "import resource\nlimit = resource.getrlimit(resource.RLIMIT_NOFILE)\n"
        "assert limit == (64, 64), limit\n",
        "utf-8",
    )
    answer = run(script, command=["prlimit", "--nofile=64", "python", "{script}"])

    assert ("passed", 1) == (answer["outcome"], answer["asserts"]), answer


def test_unknown_command(run: Run) -> None:
    """A command that is not there is a crash, as in a shell."""
    answer = run("asserts", command=["no-such-command", "{script}"])

    assert ("crashed", "exit status 127") == (answer["outcome"], answer["reason"])


def test_command_that_runs_nothing(run: Run) -> None:
    """Where no process ran the script, nothing is proven, though the command succeeds."""
    answer = run("asserts", command=["true", "{script}"])

    assert ("crashed", "ended without finishing") == (answer["outcome"], answer["reason"])


def test_program_beside_and_argument(run: Run, tmp_path: Path) -> None:
    """A program finds another one in its folder, and its name on its command line."""
    script = tmp_path / "diagnose.py"
    script.write_text(
        "import runpy, sys\ntry:\n    runpy.run_path(sys.argv[1], run_name='__main__')\n"
        "except RuntimeError as error:\n    print('cause:', error)\n",
        "utf-8",
    )
    other = {"other.py": "raise RuntimeError('cannot take the mean of nothing')\n"}
    answers = [
        run(script, arguments=["other.py"], beside=other, isolate=isolate)
        for isolate in ("fork", "process")
    ]

    assert answers[0] == answers[1]
    assert ("raised", True) == (answers[0]["outcome"], answers[0]["caught"])
    assert ["cause: cannot take the mean of nothing"] == answers[0]["stdout"]


def test_own_shm(run: Run, contained: None, tmp_path: Path) -> None:
    """/dev/shm has the size that was asked for."""
    script = tmp_path / "shm.py"
    script.write_text(OWN_SHM, "utf-8")
    answer = run(script, own_shm=True, limits={"shm_mb": 16})

    assert ("passed", 1) == (answer["outcome"], answer["asserts"]), answer


def test_first_error_counts() -> None:
    """Of several processes' errors it is the first; asserts are those of the best of them."""
    seen = Error("KeyError", "a")
    late, early = Error("ConnectionError", "closed by peer"), Error("ValueError", "the cause")
    reports = [
        Report(None, "", 0, 2, (seen,)),
        Report(early, "traceback", 1, 1, (seen, early)),
        Report(late, "other", 1, 0, (late,)),
    ]
    merged = Report(early, "traceback", 9, 2, (seen, early, late))

    assert (merged, None) == (launch.merged(reports, 9), launch.merged([], 9))
