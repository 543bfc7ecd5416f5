"""One function over many values: the same results in the same order, with any number."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from provenfix import parallel


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_values(jobs: int) -> None:
    """Closures work, and no result is lost or moved."""
    offset = 7

    assert [n + offset for n in range(100)] == parallel.each(lambda n: n + offset, range(100), jobs)


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_is_counted(jobs: int) -> None:
    """Whoever shows how far it is hears of every value, here."""
    seen: list[int] = []
    parallel.each(str, range(50), jobs, done=lambda: seen.append(1))

    assert 50 == len(seen)


def test_nothing_to_do() -> None:
    """No value, no result."""
    assert [] == parallel.each(str, [], jobs=2)


def test_runs_in_other_processes() -> None:
    """With two jobs the work is not done here; a fresh interpreter has no other threads."""
    program = (
        "import os; from provenfix import parallel; "
        "print(os.getpid() in parallel.each(lambda _: os.getpid(), range(20), jobs=2))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )

    assert (0, "False\n", "") == (ran.returncode, ran.stdout, ran.stderr)


def test_runs_here_beside_threads() -> None:
    """A fork beside other threads could inherit a held lock: the work is done here."""
    done = threading.Event()
    seen: list[int] = []
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        parallel.each(seen.append, range(3), jobs=2)
    finally:
        done.set()
        other.join()

    assert [0, 1, 2] == seen


def test_error_comes_out() -> None:
    """What fails in a child fails here, with its own error."""
    with pytest.raises(ZeroDivisionError):
        parallel.each(lambda n: 1 // n, [1, 0, 1], jobs=2)
