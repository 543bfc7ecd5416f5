"""What happens inside a cell: three processes, each forked from the one before.

    keeper    joins the control groups, leaves the host's namespaces, waits for init
    init      process 1: closes the sandbox, starts the program, reports how it ended; with it
              everything in the cell ends
    program   sets its own limits and executes the script

They tell the supervisor (cell.py) what they did in lines of JSON.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from provenfix.runner import harness, launch, sandbox, surroundings
from provenfix.runner.sandbox import limits as kernel_limits
from provenfix.runner.sandbox import linux, root
from provenfix.runner.sandbox.cgroups import Group
from provenfix.runner.sandbox.limits import Limits

CONTROL, REPORT = 3, 4
"""Descriptors in a cell, beside the standard ones."""

_FAILED = 70


@dataclass(frozen=True, slots=True)
class Host:
    """What all cells of a worker have in common.

    Args:
        source: The folder that holds this package.
        namespaces: Whether the host offers namespaces.
        paths: What a script may read there.
        address_space: That of the interpreter with torch, bytes; None: not limited.
    """

    source: str
    namespaces: bool
    paths: Sequence[str]
    address_space: int | None


@dataclass(frozen=True, slots=True)
class Task:
    """One script to execute.

    Args:
        name, data: The script's file name and content.
        folder: An empty folder; without namespaces the script works in it.
        fresh: In a fresh interpreter, not in a fork of this one.
        env: Environment variables beside the usual ones.
        limits: What it may use.
        command: Words that start it in the place of the interpreter, `launch.SCRIPT` among them.
        arguments: What it is given on its command line.
        beside: Name and content of other files in its folder.
        packages: A folder with packages that come before those of the interpreter.
    """

    name: str
    data: bytes
    folder: str
    fresh: bool
    env: dict[str, str]
    limits: Limits
    command: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    beside: dict[str, bytes] = field(default_factory=dict)
    packages: str | None = None


def fork(action: Callable[[], int], failed: Callable[[str], None]) -> int:
    """Run a function in a child, which never comes back.

    Args:
        action: Returns the child's exit status.
        failed: Called in the child with the reason why `action` raised.

    Returns:
        The child's process number.
    """
    process = os.fork()
    if process == 0:
        status = _FAILED
        try:
            status = action()
        except BaseException as error:
            failed(f"{type(error).__name__}: {error}")
        finally:
            os._exit(status)
    return process


def start(host: Host, task: Task, group: Group, outputs: Sequence[int]) -> int:
    """Start a cell and return the process number of its keeper.

    Args:
        host, task: What runs where.
        group: Its control groups.
        outputs: The writing ends for stdout, stderr, control and report.
    """
    return fork(lambda: _keeper(host, task, group, outputs), _tell_failure)


def _keeper(host: Host, task: Task, group: Group, outputs: Sequence[int]) -> int:
    _take(outputs)
    linux.die_with_parent()
    group.join()
    # The kernel counts the processes of any user but the host's user 0.
    counted = group.limits("pids") or os.getuid() != 0
    if host.namespaces:
        sandbox.leave_host()
        linux.die_with_parent()  # again, because a change of user forgets it
    process = fork(lambda: _init(host, task, group, counted), _tell_failure)
    _tell(init=process)
    os.waitpid(process, 0)
    return 0


def _init(host: Host, task: Task, group: Group, counted: bool) -> int:
    linux.die_with_parent()
    linux.set_open(False)  # or the script could write to its `CONTROL` through /proc/1/fd
    contained = ["time"] + (["memory"] if group.limits("memory") else [])
    folder = task.folder
    if host.namespaces:
        paths = [*host.paths, task.packages] if task.packages else host.paths
        contained += sandbox.enclose(folder, task.limits, paths)
        contained += ["processes"] if counted and os.getpid() == 1 else []
        folder = root.HOME
    path = os.path.join(folder, task.name)
    for name, data in {**task.beside, task.name: task.data}.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    _tell(contained=contained, folder=folder)
    program = fork(lambda: _program(host, task, path), _tell_failure)
    while True:
        process, status = os.wait()
        if process == program:
            _tell(status=os.waitstatus_to_exitcode(status))
            return 0


def _program(host: Host, task: Task, path: str) -> NoReturn:
    linux.die_with_parent()
    linux.set_open(True)
    os.setsid()
    os.chdir(os.path.dirname(path))
    kernel_limits.apply(task.limits, host.address_space, private=host.namespaces)
    home = os.path.dirname(path)
    variables = {**surroundings.variables(sys.executable, home, task.packages), **task.env}
    if task.command:
        os.close(CONTROL)
        harness.leave(launch.run(host.source, task.command, path, variables, REPORT))
    if task.fresh:
        os.set_inheritable(REPORT, True)
        start = launch.interpreter(host.source, REPORT, path)
        os.execve(sys.executable, [*start, *task.arguments], variables)
    surroundings.replace(variables)
    harness.forget_parent()
    os.close(CONTROL)
    harness.leave(harness.run(path, REPORT, task.arguments))


def _take(outputs: Sequence[int]) -> None:
    """Move descriptors to 1, 2, `CONTROL` and `REPORT`, and close all others but stdin."""
    spare = [fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, 100) for number in outputs]
    for target, number in zip((1, 2, CONTROL, REPORT), spare, strict=True):
        os.dup2(number, target, inheritable=target <= 2)
    os.closerange(REPORT + 1, os.sysconf("SC_OPEN_MAX"))


def _tell(**fact: object) -> None:
    os.write(CONTROL, json.dumps(fact).encode() + b"\n")


def _tell_failure(reason: str) -> None:
    _tell(failure=reason)
