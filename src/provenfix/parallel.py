"""One function over many values, on all cores: children are forked, so nothing is sent to them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

_SHARES = 8
"""Portions that each process gets on average, so that none waits long for the last one."""
_tasks: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


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
    return begin(function, values, jobs, few=few, done=done)()


def begin(
    function: Callable[[Any], Any],
    values: Iterable[Any],
    jobs: int | None = None,
    *,
    few: int = 1,
    done: Callable[[], object] = lambda: None,
) -> Callable[[], list[Any]]:
    """Begin what `each` does; its results come from what is returned, which must be called once.

    Until then the caller may do something else, but start no thread and fork nothing.
    """
    work = list(values)
    jobs = min(jobs or len(os.sched_getaffinity(0)), len(work)) if _can_fork() else 1
    if jobs < 2 or len(work) <= few:
        return lambda: _counted(map(function, work), done)
    _tasks.append((function, work))
    # What is there now is no garbage of the children's: to look at it would copy all of it.
    gc.freeze()
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork"))
    size = max(1, len(work) // (jobs * _SHARES))
    results = pool.map(partial(_one, len(_tasks) - 1), range(len(work)), chunksize=size)

    def end() -> list[Any]:
        try:
            with pool:
                return _counted(results, done)
        finally:
            gc.unfreeze()
            _tasks.pop()

    return end


def _counted(results: Iterable[Any], done: Callable[[], object]) -> list[Any]:
    found = []
    for result in results:
        found.append(result)
        done()
    return found


def _can_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _one(task: int, number: int) -> Any:
    function, work = _tasks[task]
    return function(work[number])
