"""Starts an interpreter as a worker and talks to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from provenfix.runner import outcome, surroundings
from provenfix.runner.outcome import Ended
from provenfix.runner.sandbox.limits import MOST_PATIENCE, Limits
from provenfix.runner.sandbox.root import HOME

_SOURCE = str(Path(__file__).parents[2])
_START = "import sys; sys.path.insert(0, {!r}); from provenfix.runner.worker import main; main()"
_HELLO_SECONDS = 300.0
_SPARE_SECONDS = 60.0


class WorkerError(Exception):
    """An interpreter cannot be started as a worker; holds the reason."""


class Worker:
    """An interpreter that runs scripts, contained. Use as a context manager, from one thread.

    Args:
        python: The interpreter; it needs torch and nothing of ours.

    Attributes:
        facts: What it has (`probe.facts`).
        bare: Why scripts run without namespaces there; None if they have them.

    Raises:
        WorkerError: It cannot be started.
    """

    def __init__(self, python: str = sys.executable) -> None:
        self._python = python
        self._start()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The worker's process."""
        return self._process.pid

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run a script.

        Args:
            request: As in `worker.py`.

        Returns:
            The answer. If the worker died meanwhile, it says so, and there is a new worker.

        Raises:
            WorkerError: The worker died and cannot be started again.
        """
        limits = Limits(**request["limits"])
        answer = self._ask(request, limits.seconds * MOST_PATIENCE + _SPARE_SECONDS)
        if answer is not None:
            return answer
        self.close()
        self._start()
        ended = Ended(failure="the worker died")
        return {"id": request["id"], **outcome.judge(ended, (), None, limits, str.splitlines)}

    def find(self, literals: Iterable[str]) -> dict[str, bool]:
        """Which texts the installed torch holds (`presence.find`).

        Raises:
            WorkerError: The worker died meanwhile.
        """
        answer = self._ask({"find": sorted(literals)}, _HELLO_SECONDS)
        if answer is None:
            raise WorkerError(f"{self._python}: {self._last_words()}")
        found: dict[str, bool] = answer["found"]
        return found

    def close(self) -> None:
        """End the worker, and with it the script that it runs."""
        self._process.communicate()
        self._errors.close()

    def _start(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the worker
        try:
            self._process = subprocess.Popen(
                [self._python, "-P", "-s", "-c", _START.format(_SOURCE)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=surroundings.variables(self._python, HOME),
                cwd=os.sep,
                start_new_session=True,  # Ctrl-C is for the client, which then closes the worker
            )
        except OSError as error:
            self._errors.close()
            raise WorkerError(f"{self._python}: {error.strerror}") from error
        line = self._line(_HELLO_SECONDS)
        if not line:
            reason = self._last_words()
            self.close()
            raise WorkerError(f"{self._python}: {reason}")
        hello = json.loads(line)
        self.facts: dict[str, Any] = hello["facts"]
        self.bare: str | None = hello["bare"]

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """The answer to a request; None if the worker died, or had to be killed."""
        try:
            assert self._process.stdin
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return None
        line = self._line(seconds)
        return json.loads(line) if line else None

    def _line(self, seconds: float) -> bytes:
        """The worker's next line; nothing if it died, or had to be killed after some seconds."""
        assert self._process.stdout
        timer = threading.Timer(seconds, self._process.kill)
        timer.start()
        try:
            return self._process.stdout.readline()
        finally:
            timer.cancel()

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "ended without a word")
