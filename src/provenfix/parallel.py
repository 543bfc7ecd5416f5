"""Functions in other processes: these are forked, so nothing is sent to them, only results back."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
_SHARES = 8
"""Portions that each process gets on average, so that none waits long for the last one."""
_tasks: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
_beside: dict[int, int | None] = {}
"""Processes of `aside` whose result was not asked for, with their status once they have ended."""


def each(
    function: Callable[[Any], Any],
    values: Iterable[Any],
    jobs: int | None = None,
    *,
    few: int = 1,
    done: Callable[[], object] = lambda: None,
) -> list[Any]:
    """The results of a function, in the order of the values.

    Values and function reach the children by the fork; only results are pickled. Where a fork is
    not safe (other threads run, as in `mkdocs serve`, or the system has none) all runs here.

    Args:
        function: What to do; it may be a closure.
        values: What to do it with.
        jobs: Processes; one for each core by default.
        few: So many values are not worth the start of a process.
        done: Called here after each of them.
    """
    work = list(values)
    jobs = min(jobs or len(os.sched_getaffinity(0)), len(work)) if can_fork() else 1
    if jobs < 2 or len(work) <= few:
        return _counted(map(function, work), done)
    _tasks.append((function, work))
    # What is there now is no garbage of the children's: to look at it would copy all of it.
    gc.freeze()
    # The collector may rest here, and must not where thousands of values are worked at.
    fork = multiprocessing.get_context("fork")
    size = max(1, len(work) // (jobs * _SHARES))
    try:
        with ProcessPoolExecutor(jobs, mp_context=fork, initializer=gc.enable) as pool:
            results = pool.map(partial(_one, len(_tasks) - 1), range(len(work)), chunksize=size)
            return _counted(results, done)
    finally:
        gc.unfreeze()
        _tasks.pop()


def aside(function: Callable[[], T]) -> Callable[[], T]:
    """Begin a function in another process; its result comes from what is returned.

    It starts no thread, so that `each` may fork meanwhile. Where a fork is not safe,
    or where that process dies, the function runs here when the result is asked for.

    Args:
        function: What to do; it must not change anything.
    """
    if not can_fork():
        return function
    _reap()
    read, write = os.pipe()
    # Closed with the function that is returned: who still writes there then ends.
    found = open(read, "rb")  # noqa: SIM115
    child = os.fork()
    if not child:
        status = 1
        try:
            found.close()
            with open(write, "wb") as out:
                pickle.dump(function(), out, pickle.HIGHEST_PROTOCOL)
            status = 0
        finally:
            # What the parent has open and would do at its end is not this one's business.
            os._exit(status)
    os.close(write)
    _beside[child] = None

    def end() -> T:
        with found:
            data = found.read()
        failed = _beside.pop(child)
        if failed is None:
            _, failed = os.waitpid(child, 0)
        result: T = function() if failed else pickle.loads(data)
        return result

    return end


def _reap() -> None:
    """Let go of processes that have ended: of some, nobody may ever ask for the result."""
    for child, known in list(_beside.items()):
        if known is None:
            try:
                ended, status = os.waitpid(child, os.WNOHANG)
            except ChildProcessError:  # it is that of the process that this one was forked from
                del _beside[child]
            else:
                _beside[child] = status if ended else None


def _counted(results: Iterable[Any], done: Callable[[], object]) -> list[Any]:
    found = []
    for result in results:
        found.append(result)
        done()
    return found


def can_fork() -> bool:
    """Whether a fork is safe here: no other thread can hold a lock that the child would inherit."""
    return sys.platform == "linux" and threading.active_count() == 1


def _one(task: int, number: int) -> Any:
    function, work = _tasks[task]
    return function(work[number])
