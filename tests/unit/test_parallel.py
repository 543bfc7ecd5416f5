"""One function over many values: the same results in the same order, with any number."""

from __future__ import annotations

import os
import threading

import pytest
from fresh import said

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
    printed = said(
        "import os; from provenfix import parallel; "
        "print(os.getpid() in parallel.each(lambda _: os.getpid(), range(20), jobs=2))"
    )

    assert "False\n" == printed


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


def test_aside_runs_beside() -> None:
    """It is another process; meanwhile others are forked; and its result may be large."""
    printed = said(
        "import os\n"
        "from provenfix import parallel\n"
        "end = parallel.aside(lambda: (os.getpid(), 'x' * 10**6))\n"
        "others = parallel.each(lambda _: os.getpid(), range(20), jobs=2)\n"
        "process, text = end()\n"
        "print(len({process, os.getpid(), *others}) >= 3, process in others, len(text))"
    )

    assert "True False 1000000\n" == printed


def test_several_aside() -> None:
    """One that has ended while another begins still has its result."""
    printed = said(
        "import os\n"
        "from provenfix import parallel\n"
        "import time\n"
        "here = os.getpid()\n"
        "first = parallel.aside(lambda: 'first')\n"
        "time.sleep(1)\n"
        "second = parallel.aside(lambda: os._exit(1) if os.getpid() != here else 'second')\n"
        "third = parallel.aside(lambda: 'third')\n"
        "print(third(), second(), first())"
    )

    assert "third second first\n" == printed


def test_aside_that_dies_is_done_here() -> None:
    """A process that was killed for its memory is no reason to fail."""
    printed = said(
        "import os\n"
        "from provenfix import parallel\n"
        "here = os.getpid()\n"
        "end = parallel.aside(lambda: os.getpid() if os.getpid() == here else os._exit(9))\n"
        "print(end() == here)"
    )

    assert "True\n" == printed


def test_aside_beside_threads() -> None:
    """Where a fork is not safe it is done here, when it is asked for."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        end = parallel.aside(os.getpid)
    finally:
        done.set()
        other.join()

    assert os.getpid() == end()


def test_aside_that_nobody_asks() -> None:
    """A build that fails before it needs the result leaves no process behind."""
    printed = said(
        "import os\n"
        "from provenfix import parallel\n"
        "import gc, time\n"
        "def children(): return open(f'/proc/self/task/{os.getpid()}/children').read().split()\n"
        "end = parallel.aside(lambda: 'x' * 10**6)\n"
        "before = len(children())\n"
        "del end\n"
        "for _ in range(300):\n"
        "    parallel._reap()\n"
        "    if not children(): break\n"
        "    time.sleep(0.1)\n"
        "print(before, len(children()))"
    )

    assert "1 0\n" == printed
