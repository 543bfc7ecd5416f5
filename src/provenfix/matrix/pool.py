"""Workers of one interpreter, as many as are needed at a time."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from provenfix.matrix import overlays
from provenfix.matrix.overlays import Overlays
from provenfix.records import Environment
from provenfix.runner.client import Worker


class NoTorchError(Exception):
    """The interpreter cannot import torch; holds the reason."""


class Pool:
    """Runs scripts in one interpreter, from any thread. Use as a context manager.

    Args:
        python: The interpreter that holds torch.
        size: How many scripts run at the same time; each worker is started when it is needed.

    Attributes:
        environment: What the interpreter has.

    Raises:
        NoTorchError: The interpreter cannot import torch.
        WorkerError: The interpreter cannot be started.
    """

    def __init__(self, python: str = sys.executable, size: int = 1) -> None:
        self._python = python
        self._stack = ExitStack()
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._starting = threading.Lock()
        first = self._stack.enter_context(Worker(python))
        try:
            self.environment = _environment(first)
        except BaseException:
            self._stack.close()
            raise
        minor = ".".join(self.environment.python.split(".")[:2])
        self._overlays = Overlays(python, minor)
        self._idle.put(first)
        self._unstarted = size - 1

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, and with them what they run."""
        self._stack.close()

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run a script (`Worker.run`) on the packages it asks for; waits until a worker is idle.

        Raises:
            EnvironmentFailedError: Those packages cannot be installed.
        """
        folder = self._overlays.folder(request["packages"]) if request["packages"] else None
        worker = self._take()
        try:
            answer = worker.run({**request, "packages": folder and str(folder)})
        finally:
            self._idle.put(worker)
        return {**answer, "packages": overlays.versions(folder)} if folder else answer

    def find(self, literals: Iterable[str]) -> dict[str, bool]:
        """Which texts the installed torch holds (`Worker.find`)."""
        worker = self._take()
        try:
            return worker.find(literals)
        finally:
            self._idle.put(worker)

    def _take(self) -> Worker:
        with self._starting:
            if self._idle.empty() and self._unstarted > 0:
                self._unstarted -= 1
                return self._stack.enter_context(Worker(self._python))
        return self._idle.get()


def _environment(worker: Worker) -> Environment:
    facts = dict(worker.facts)
    reason = facts.pop("torch_error", None)
    if not facts.get("torch"):
        raise NoTorchError(reason or "torch is not installed")
    return Environment.model_validate(facts)
