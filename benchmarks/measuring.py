"""What a program and all processes that it starts take: time, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2
"""Seconds between two looks at the memory."""
_PROC = Path("/proc")


class FailedError(RuntimeError):
    """A program that was to be measured failed; holds its command and the end of its output."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took.

    Args:
        wall: Seconds.
        cpu: Seconds of processors, user and system, of all its processes.
        memory: The most that all its processes held at once, MB; pages they share count once.
    """

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str], folder: Path, settings: Mapping[str, str]) -> Cost:
    """Run a program to its end.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        settings: What is set in its environment beside our own.

    Raises:
        FailedError: It failed.
    """
    with tempfile.TemporaryFile() as output:
        begin = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | settings, stdout=output, stderr=output
        )
        with _Memory(process.pid) as memory:
            # Its usage holds that of every process that it waited for, and of theirs.
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read().decode("utf-8", "replace").strip()
            raise FailedError(f"{' '.join(command)}\n{said[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory.most / 1e6)


class _Memory:
    """Looks at a tree of processes again and again while it is open."""

    def __init__(self, root: int) -> None:
        self.most = 0
        self._root, self._ended = root, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        looking = True
        while looking:
            self.most = max(self.most, sum(map(_held, _tree(self._root))))
            looking = not self._ended.wait(_EVERY)


def _tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    found = [root]
    for process in found:
        try:
            for path in (_PROC / str(process) / "task").glob("*/children"):
                found += map(int, path.read_text().split())
        except OSError:
            continue  # it has ended
    return found


def _held(process: int) -> int:
    """Bytes that a process holds: its share of shared pages, or else all of its pages."""
    folder = _PROC / str(process)
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        pass
    try:
        return int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0  # it has ended
