"""The worker, seen from the process that wants cells run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = str(Path(__file__).parents[2])
_START = (
    f"import sys; sys.path.insert(0, {_ROOT!r})\n"
    "from provenfix.runner.worker import main\n"
    f"sys.path.remove({_ROOT!r}); main()"
)


class WorkerError(Exception):
    """The interpreter cannot be started as a worker; holds what it said."""


class Worker:
    """One worker process. Use as a context manager, from one thread at a time.

    Args:
        python: The interpreter that runs the scripts.

    Raises:
        WorkerError: The interpreter cannot be started.
    """

    def __init__(self, python: str = sys.executable) -> None:
        self._python = python
        self._process: subprocess.Popen[str] | None = None
        self.facts: dict[str, Any] = {}
        self._start()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run a cell and return the worker's answer (see `provenfix.runner.outcome.judge`).

        A worker that dies is started again, and the cell counts as crashed.
        """
        process = self._process or self._start()
        answer = ""
        try:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            pass
        if answer:
            found: dict[str, Any] = json.loads(answer)
            return found
        self.close()
        return {"id": request["id"], "outcome": "crashed", "reason": "the worker died"}

    def close(self) -> None:
        """End the worker; whatever it runs dies with it."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    stream.close()
            self._process = None

    def _start(self) -> subprocess.Popen[str]:
        try:
            process = subprocess.Popen(
                [self._python, "-P", "-s", "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        except OSError as error:
            raise WorkerError(error.strerror or str(error)) from None
        self._process = process
        assert process.stdout
        line = process.stdout.readline()
        try:
            self.facts = json.loads(line)["facts"]
        except (ValueError, KeyError):
            self.close()
            raise WorkerError("it is no Python 3.11 or newer, or it died at once") from None
        return process
