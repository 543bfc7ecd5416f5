"""Supervises one script from outside: reads what it prints, and ends it at its limits."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

from provenfix.runner import leftovers, stages
from provenfix.runner.outcome import Ended
from provenfix.runner.output import HeadTail
from provenfix.runner.report import Report
from provenfix.runner.sandbox.cgroups import Group
from provenfix.runner.sandbox.limits import patience
from provenfix.runner.stages import Host, Task

_GRACE_SECONDS = 5.0
_WHOLE = 16 * 1024 * 1024
_CHUNK = 65_536


class AbandonedError(Exception):
    """Whoever asked for the cell is gone."""


def run(host: Host, task: Task, client: int) -> Ended:
    """Run a script and wait until nothing of it is left.

    Args:
        host, task: What runs where; the task's folder is chosen here.
        client: A pipe from whoever asked; when that one hangs up, the script is ended.

    Raises:
        AbandonedError: `client` hung up.
        OSError: Something of it could not be removed.
    """
    folder = tempfile.mkdtemp(prefix=leftovers.prefix())
    group = Group(os.path.basename(folder), task.limits, host.address_space or 0)
    try:
        return _supervise(host, replace(task, folder=folder), group, client)
    finally:
        _end_children()
        group.remove()
        shutil.rmtree(folder, ignore_errors=True)


def _supervise(host: Host, task: Task, group: Group, client: int) -> Ended:
    kept = task.limits.output_kb * 1024
    sinks = [HeadTail(size) for size in (kept, kept, _WHOLE, _WHOLE)]
    stdout, stderr, control, report = sinks
    pipes = [os.pipe() for _ in range(4)]
    begin = time.monotonic()
    keeper = stages.start(host, task, group, [writing for _, writing in pipes])
    for _, writing in pipes:
        os.close(writing)
    ends = [reading for reading, _ in pipes]
    with _Streams(dict(zip(ends, sinks, strict=True)), client) as streams:
        late = not streams.read_patiently(ends[2:3], begin, task.limits.seconds)
        if late:
            # The keeper ends by itself once process 1 and all others of its namespace are gone.
            with suppress(ProcessLookupError):
                os.kill(_facts(control).get("init", keeper), signal.SIGKILL)
            if not streams.read(ends[2:3], time.monotonic() + _GRACE_SECONDS):
                os.kill(keeper, signal.SIGKILL)
        os.waitpid(keeper, 0)
        _end_children()
        streams.read(ends, time.monotonic() + _GRACE_SECONDS)
    facts = _facts(control)
    return Ended(
        report=Report.from_bytes(report.text().encode()),
        status=facts.get("status"),
        stdout=stdout.text(),
        stderr=stderr.text(),
        contained=tuple(facts.get("contained", ())),
        folder=facts.get("folder", task.folder),
        late=late,
        memory_kills=group.memory_kills(),
        failure=facts.get("failure"),
    )


class _Streams:
    """Pipes from a cell, read into what keeps their content; closed when left.

    Args:
        sinks: What takes the content of each descriptor.
        client: The pipe to watch for a hang-up.
    """

    def __init__(self, sinks: dict[int, HeadTail], client: int) -> None:
        self._sinks = sinks
        self._client = client
        self._poll = select.poll()
        self._poll.register(client, 0)
        for descriptor in sinks:
            self._poll.register(descriptor, select.POLLIN)

    def __enter__(self) -> _Streams:
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in list(self._sinks):
            self._close(descriptor)

    def read(self, until: list[int], end: float) -> bool:
        """Read all pipes until some of them have ended, or until a time.

        Returns:
            Whether they ended.

        Raises:
            AbandonedError: The client hung up.
        """
        while self._sinks.keys() & set(until):
            left = end - time.monotonic()
            if left <= 0:
                return False
            for descriptor, _ in self._poll.poll(left * 1000):
                if descriptor == self._client:
                    raise AbandonedError
                if data := os.read(descriptor, _CHUNK):
                    self._sinks[descriptor].add(data)
                else:
                    self._close(descriptor)
        return True

    def read_patiently(self, until: list[int], begin: float, seconds: float) -> bool:
        """Read until some pipes have ended, or for some seconds; longer on a busy machine.

        Raises:
            AbandonedError: The client hung up.
        """
        end = begin + seconds
        while not self.read(until, end):
            later = begin + seconds * patience()
            if later <= time.monotonic():
                return False
            end = later
        return True

    def _close(self, descriptor: int) -> None:
        del self._sinks[descriptor]
        self._poll.unregister(descriptor)
        os.close(descriptor)


def _facts(control: HeadTail) -> dict[str, Any]:
    """What the processes of the cell told; a script cannot write there."""
    facts: dict[str, Any] = {}
    for line in control.text().splitlines():
        facts |= json.loads(line)
    return facts


def _end_children() -> None:
    """Kill and reap all children, and their orphans, who become ours."""
    end = time.monotonic() + _GRACE_SECONDS
    while time.monotonic() < end:
        try:
            process, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not process:
            for child in _children():
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.001)
    raise OSError(f"processes cannot be ended: {_children()}")


def _children() -> list[int]:
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError), open(f"/proc/{name}/stat") as file:
            # The second field is a name in parentheses, which may hold anything.
            if int(file.read().rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(name))
    return found
