"""Runs cells in one interpreter, several at a time, and files what they did."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from provenfix import evidence
from provenfix.matrix import plan
from provenfix.matrix.plan import Planned
from provenfix.model import Entry
from provenfix.records import Cell, Environment, Store
from provenfix.runner.client import Worker

OnCell = Callable[[Planned, Cell], None]


class NoTorchError(Exception):
    """The interpreter cannot import torch; holds the reason."""


@dataclass(frozen=True, slots=True)
class Ran:
    """An entry whose cells were run.

    Args:
        entry: The entry.
        cells: What they did, by name.
        changed: Whether its evidence file changed (False where nothing is recorded).
    """

    entry: Entry
    cells: dict[str, Cell]
    changed: bool


class Session:
    """Workers of one interpreter, with what that interpreter has.

    Use as a context manager. Each entry runs on one worker, its control first.

    Args:
        root: The repository.
        python: The interpreter that holds torch.
        jobs: How many cells run at the same time.

    Raises:
        NoTorchError: The interpreter cannot import torch.
        WorkerError: The interpreter cannot be started.
    """

    def __init__(self, root: Path, python: str = sys.executable, jobs: int = 1) -> None:
        self.root, self._python, self._jobs = root, python, jobs
        self._stack = ExitStack()
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._writing, self._starting = threading.Lock(), threading.Lock()
        self._cancelled = threading.Event()
        first = self._stack.enter_context(Worker(python))
        try:
            self.environment = _environment(first)
        except BaseException:
            self._stack.close()
            raise
        self._idle.put(first)
        self._unstarted = jobs - 1

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._cancelled.set()
        self._stack.close()

    def run(
        self, todo: Sequence[tuple[Entry, Sequence[str]]], on_cell: OnCell, record: Store | None
    ) -> Iterator[Ran]:
        """Run cells and yield each entry as it is done.

        Args:
            todo: Entries with the names of their cells to run.
            on_cell: Called after each cell, from the worker's thread.
            record: The evidence so far; with it each cell is written as soon as it is known.
        """
        with ThreadPoolExecutor(self._jobs) as pool:
            futures: list[Future[Ran]] = [
                pool.submit(self._entry, entry, cells, on_cell, record) for entry, cells in todo
            ]
            try:
                for future in as_completed(futures):
                    yield future.result()
            except BaseException:
                self._cancelled.set()
                raise

    def _entry(
        self, entry: Entry, names: Sequence[str], on_cell: OnCell, store: Store | None
    ) -> Ran:
        worker = self._worker()
        cells: dict[str, Cell] = {}
        changed = False
        try:
            for planned in plan.plan(entry, self.environment):
                if planned.name not in names or self._cancelled.is_set():
                    continue
                cells[planned.name] = cell = self._cell(worker, planned)
                changed |= self._record(entry, cells, store)
                on_cell(planned, cell)
        finally:
            self._idle.put(worker)
        return Ran(entry, cells, changed)

    def _worker(self) -> Worker:
        """A worker that is idle; one more is started while there are fewer than jobs."""
        with self._starting:
            if not self._idle.empty() or self._unstarted == 0:
                return self._idle.get()
            self._unstarted -= 1
            return self._stack.enter_context(Worker(self._python))

    def _cell(self, worker: Worker, planned: Planned) -> Cell:
        if planned.missing:
            return plan.not_applicable(planned)
        return plan.observed(planned, worker.run(plan.request(self.root, planned)))

    def _record(self, entry: Entry, cells: dict[str, Cell], store: Store | None) -> bool:
        if store is None:
            return False
        old = store.record(entry.slug, self.environment.name)
        record = plan.merged(entry, self.environment, old, cells)
        with self._writing:
            return evidence.write(self.root, record, self.environment)


def _environment(worker: Worker) -> Environment:
    facts = dict(worker.facts)
    reason = facts.pop("torch_error", None)
    if not facts.get("torch"):
        raise NoTorchError(reason or "torch is not installed")
    return Environment.model_validate(facts)
