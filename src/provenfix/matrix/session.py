"""Sends cells to an executor and files what they did, as it becomes known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from provenfix import evidence
from provenfix.matrix import plan
from provenfix.matrix.plan import Planned
from provenfix.matrix.pool import Pool
from provenfix.model import Entry
from provenfix.records import Cell, Environment, Store

OnCell = Callable[[Planned, Cell], None]
Todo = Sequence[tuple[Entry, Sequence[str]]]


class Engine(Protocol):
    """Where cells run.

    Attributes:
        environment: What the interpreters there have.
        executor: Takes `run` and `find`; threads of this process, or the workers of a cluster.
    """

    environment: Environment

    @property
    def executor(self) -> Executor:
        """See above."""

    @property
    def run(self) -> Callable[[dict[str, Any]], dict[str, Any]]:
        """Runs a script; the request and the answer are those of `provenfix.runner.worker`."""

    @property
    def find(self) -> Callable[[Iterable[str]], dict[str, bool]]:
        """Tells which texts the installed torch holds."""


class Local(AbstractContextManager["Local"]):
    """The engine of one machine: threads, each with a worker of one interpreter.

    Args:
        python: The interpreter that holds torch.
        jobs: How many cells run at the same time.

    Raises:
        NoTorchError: The interpreter cannot import torch.
        WorkerError: The interpreter cannot be started.
    """

    def __init__(self, python: str, jobs: int = 1) -> None:
        self._pool = Pool(python, jobs)
        self.environment = self._pool.environment
        self.run, self.find = self._pool.run, self._pool.find
        self.executor: Executor = ThreadPoolExecutor(jobs)

    def __exit__(self, *_: object) -> None:
        self.executor.shutdown(cancel_futures=True)
        self._pool.close()


@dataclass(frozen=True, slots=True)
class Ran:
    """An entry whose cells were run.

    Args:
        entry: The entry.
        cells: What they did, by name.
        found: Whether the installed torch holds each literal of the entry.
        changed: Whether its evidence file changed (False where nothing is recorded).
    """

    entry: Entry
    cells: dict[str, Cell]
    found: dict[str, bool]
    changed: bool


@dataclass(slots=True)
class _Underway:
    """An entry whose cells are being run."""

    entry: Entry
    left: int
    cells: dict[str, Cell] = field(default_factory=dict)
    changed: bool = False


class Session:
    """Runs cells on an engine.

    Args:
        root: The repository.
        engine: Where they run.
        times: How often each cell is run.
    """

    def __init__(self, root: Path, engine: Engine, times: int = 1) -> None:
        self._root, self._engine, self._times = root, engine, times
        self.environment = engine.environment

    def run(self, todo: Todo, on_cell: OnCell, record: Store | None) -> Iterator[Ran]:
        """Run cells and yield each entry as it is done.

        Args:
            todo: Entries with the names of their cells to run.
            on_cell: Called after each cell.
            record: The evidence so far; with it each cell is written as soon as it is known.

        Raises:
            WorkerError: An interpreter died and could not be started again.
        """
        texts = sorted({text for entry, _ in todo for text in plan.literals(entry)})
        finding = self._engine.executor.submit(self._engine.find, texts)
        cells = [
            cell
            for entry, names in todo
            for cell in plan.plan(entry, self.environment)
            if cell.name in names
        ]
        waiting = self._submit(cells)
        underway = {entry.slug: _Underway(entry, len(names)) for entry, names in todo}
        done = [now for now in underway.values() if not now.left]
        for cell, observed in self._observed(cells, waiting):
            now = underway[cell.entry.slug]
            now.cells[cell.name] = observed
            now.changed |= self._record(now, finding, record)
            now.left -= 1
            on_cell(cell, observed)
            if not now.left:
                done.append(now)
            if finding.done():
                yield from self._finish(done, finding, record)
                done = []
        yield from self._finish(done, finding, record)

    def _finish(
        self, done: Iterable[_Underway], finding: Future[dict[str, bool]], record: Store | None
    ) -> Iterator[Ran]:
        """Entries that are done, once the search through the installed torch is done, too."""
        found = finding.result()
        for now in done:
            now.changed |= self._record(now, finding, record)
            cells = {name: now.cells[name] for name in now.entry.cells if name in now.cells}
            own = {text: found[text] for text in plan.literals(now.entry)}
            yield Ran(now.entry, cells, own, now.changed)

    def _submit(self, cells: Iterable[Planned]) -> dict[Future[dict[str, Any]], Planned]:
        submit, run = self._engine.executor.submit, self._engine.run
        return {
            submit(run, plan.request(cell)): cell
            for cell in cells
            for _ in range(0 if cell.missing else self._times)
        }

    def _observed(
        self, cells: Iterable[Planned], waiting: dict[Future[dict[str, Any]], Planned]
    ) -> Iterator[tuple[Planned, Cell]]:
        """Each cell once all its runs are known; first those that cannot run."""
        yield from ((cell, plan.not_applicable(cell)) for cell in cells if cell.missing)
        runs: dict[str, list[Cell]] = {}
        for future in as_completed(list(waiting)):
            cell = waiting.pop(future)
            known = runs.setdefault(cell.id, [])
            known.append(plan.observed(cell, future.result()))
            if len(known) == self._times:
                yield cell, Cell.of_runs(runs.pop(cell.id))

    def _record(
        self, now: _Underway, finding: Future[dict[str, bool]], store: Store | None
    ) -> bool:
        """Write what is known of an entry; until the search is done, with what it found before."""
        if store is None:
            return False
        old = store.record(now.entry.slug, self.environment.name)
        before = old.literals if old else {}
        found = finding.result() if finding.done() else before
        record = plan.merged(now.entry, self.environment, old, now.cells, found)
        return evidence.write(self._root, record, self.environment)
