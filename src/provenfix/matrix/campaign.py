"""Runs the matrix: column by column, what is missing or stale, or all of it again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from provenfix.matrix import plan
from provenfix.matrix.environments import verify
from provenfix.matrix.pool import NoTorchError
from provenfix.matrix.session import Engine, OnCell, Ran, Session, Todo
from provenfix.matrix.uv import EnvironmentFailedError
from provenfix.model import Entry
from provenfix.records import Environment, Store
from provenfix.runner.client import WorkerError
from provenfix.vocabulary import Column

Enter = Callable[[Column], AbstractContextManager[Engine]]
OnStart = Callable[[Environment, Todo], AbstractContextManager[OnCell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a column.

    Args:
        column: The column.
        ran: The entries whose cells were run; none where nothing was open.
        failure: Why it could not be run, or not to its end.
        seconds_to_make, seconds_to_run: Wall time until the environment stood, and from then on.
    """

    column: Column
    ran: tuple[Ran, ...] = ()
    failure: EnvironmentFailedError | None = None
    seconds_to_make: float = 0.0
    seconds_to_run: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A run of the matrix.

    Args:
        root: The repository.
        entries: The entries to run.
        store: The evidence so far.
        enter: Gives the engine of a column.
        times: How often each cell is run.
        again: Run what is recorded and fresh, too.
    """

    root: Path
    entries: Sequence[Entry]
    store: Store
    enter: Enter
    times: int = 1
    again: bool = False

    def open_columns(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """The columns in which something is missing or stale, or all of them."""
        if not self.entries:
            return ()
        return tuple(column for column in columns if self.again or not self._complete(column))

    def run(self, columns: Sequence[Column], on_start: OnStart) -> Iterator[Result]:
        """Run columns, one after the other; one that fails does not stop the others.

        Args:
            columns: The columns.
            on_start: Called once an environment stands, with what will run there; gives what is
                called after each cell.
        """
        for column in columns:
            yield self._column(column, on_start)

    def _column(self, column: Column, on_start: OnStart) -> Result:
        begin = made = time.monotonic()
        ran: list[Ran] = []
        failure = None
        try:
            with self.enter(column) as engine:
                made = time.monotonic()
                verify(column, engine.environment)
                session = Session(self.root, engine, self.times)
                work = self._work(engine.environment)
                with on_start(engine.environment, work) as on_cell:
                    ran.extend(session.run(work, on_cell, self.store))
        except EnvironmentFailedError as error:
            failure = error
        except (NoTorchError, WorkerError) as error:
            failure = EnvironmentFailedError("python", reason=str(error))
        except OSError as error:
            failure = EnvironmentFailedError("system", reason=str(error))
        end = time.monotonic()
        return Result(
            column=column,
            ran=tuple(ran),
            failure=failure,
            seconds_to_make=made - begin,
            seconds_to_run=end - made,
        )

    def _work(self, environment: Environment) -> Todo:
        if self.again:
            return [(entry, entry.cells) for entry in self.entries]
        return plan.open_work(self.entries, self.store, environment.name, self.times)

    def _complete(self, column: Column) -> bool:
        """Whether some recorded environment of the column has nothing open."""
        return any(
            _is(column, environment)
            and not plan.open_work(self.entries, self.store, name, self.times)
            for name, environment in self.store.environments.items()
        )


def _is(column: Column, environment: Environment) -> bool:
    try:
        verify(column, environment)
    except EnvironmentFailedError:
        return False
    return True
