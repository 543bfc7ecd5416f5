"""Starts a script otherwise than as `python script.py`, and gathers what its processes report.

A command such as `torchrun --nproc-per-node 2 repro.py` starts interpreters that we do not start.
So it is given, in the place of the script, a file that executes the script under the harness and
leaves its report in a folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from provenfix.runner import harness
from provenfix.runner.report import Report

SCRIPT = "{script}"
"""Where a command has the path of the script."""
NOT_FOUND = 127
"""The exit status of a shell that does not find a command."""

_START = "import sys; sys.path.insert(0, {!r}); from provenfix.runner.harness import main; main()"
_FOLDER = ".provenfix"
_FILE = """import sys
sys.path.insert(0, {source!r})
from provenfix.runner.launch import main
main({path!r})
"""


def interpreter(source: str, descriptor: int, path: str) -> list[str]:
    """The command line of a fresh interpreter that runs a script and reports.

    Args:
        source: The folder that holds this package.
        descriptor: Where the report goes; it must be inherited.
        path: The script.
    """
    start = _START.format(source)
    return [sys.executable, "-P", "-s", "-c", start, str(descriptor), path]


def run(
    source: str, command: Sequence[str], path: str, variables: Mapping[str, str], descriptor: int
) -> int:
    """Run a command on a script and write one report for all processes that ran it.

    Args:
        source: The folder that holds this package.
        command: Its words, one of them `SCRIPT`.
        path: The script.
        variables: All environment variables.
        descriptor: Where the report goes; closed when it is written.

    Returns:
        The exit status of the command.
    """
    folder = os.path.join(os.path.dirname(path), _FOLDER)
    os.mkdir(folder)
    start = os.path.join(folder, os.path.basename(path))
    with open(start, "w", encoding="utf-8") as file:
        file.write(_FILE.format(source=source, path=path))
    words = [start if word == SCRIPT else word for word in command]
    try:
        done = subprocess.run(words, env=variables, stdin=subprocess.DEVNULL, check=False)
        status = done.returncode if done.returncode >= 0 else 128 - done.returncode
    except FileNotFoundError:
        print(f"{words[0]}: command not found", file=sys.stderr, flush=True)
        status = NOT_FOUND
    report = merged(_reports(folder), status)
    with open(descriptor, "wb") as out:
        out.write(report.to_bytes() if report else b"")
    return status


def main(path: str) -> None:
    """What a process that the command started does: run the script, leave a report, exit."""
    folder = os.path.join(os.path.dirname(path), _FOLDER)
    # Where this package was found, and where the file was that found it.
    sys.path[:] = sys.path[2:] if sys.path[1] == folder else sys.path[1:]
    part = os.path.join(folder, f"{os.getpid()}.part")
    status = harness.run(path, os.open(part, os.O_WRONLY | os.O_CREAT), sys.argv[1:])
    # Named for the time of the end, as the process that failed first tells why all of them did.
    os.replace(part, os.path.join(folder, f"{time.monotonic_ns():020d}.report"))
    sys.exit(status)


def merged(reports: Sequence[Report], status: int) -> Report | None:
    """One report of several processes.

    Args:
        reports: Theirs, in the order in which they ended.
        status: The exit status of the command that started them.

    Returns:
        The first error, the most asserts that one of them reached, and all exceptions seen; None if
        no process came to its end.
    """
    if not reports:
        return None
    first = next((report for report in reports if report.error), reports[0])
    seen = dict.fromkeys(error for report in reports for error in report.seen)
    asserts = max(report.asserts for report in reports)
    return Report(first.error, first.traceback, status, asserts, tuple(seen))


def _reports(folder: str) -> list[Report]:
    reports = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".report"):
            with open(os.path.join(folder, name), "rb") as file:
                reports.append(Report.from_bytes(file.read()))
    return [report for report in reports if report]
