"""`provenfix matrix`: makes the environments, runs what is open in them, and records it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option, option
from provenfix.cli.live import Board
from provenfix.cli.speech import say
from provenfix.load import COLUMNS, load
from provenfix.matrix.campaign import Campaign, Enter, Result
from provenfix.matrix.changed import RevisionError, changed
from provenfix.matrix.environments import Maker
from provenfix.matrix.session import Engine, Local, OnCell, Todo
from provenfix.matrix.uv import EnvironmentFailedError
from provenfix.model import Entry
from provenfix.records import Environment
from provenfix.standing import Standing
from provenfix.verdict import FAILED, Verdict
from provenfix.vocabulary import Column, Columns, House

FOLDER = ".matrix"
"""Where environments are made, in the repository; git ignores it."""
WIDTH = 120
"""Characters of the summary table where no terminal says how wide it is."""


@common.command("matrix")
@click.argument("columns", nargs=-1, metavar="[COLUMN]...")
@option("matrix", "--entry", "slugs", multiple=True, metavar="SLUG")
@option("matrix", "--changed", "revision", metavar="REV")
@option("matrix", "--again", is_flag=True)
@option("matrix", "--times", type=click.IntRange(1, 1000), default=1)
@option("matrix", "--keep", is_flag=True)
@option("matrix", "--folder", type=click.Path(path_type=Path, file_okay=False))
@option("matrix", "--cache", type=click.Path(path_type=Path, file_okay=False))
@option("matrix", "--jobs", type=click.IntRange(1, 64), default=min(2, os.cpu_count() or 1))
@option("matrix", "--dask", metavar="ADDRESS")
@json_option()
@lang_option()
def command(
    columns: tuple[str, ...],
    slugs: tuple[str, ...],
    revision: str | None,
    again: bool,
    times: int,
    keep: bool,
    folder: Path | None,
    cache: Path | None,
    jobs: int,
    dask: str | None,
    as_json: bool,
) -> None:
    root = common.repository()
    loaded = load(root)
    problems = loaded.problems + (load(root, slugs).problems if slugs else [])
    if problems:
        common.print_problems(problems)
        sys.exit(1)
    # A record that is broken or of a claim that is gone is open work like any other.
    store, _ = common.read_evidence(root, loaded)
    house = loaded.house()
    chosen = _columns(house.columns, columns)
    entries = _entries(root, house, slugs, revision)
    try:
        enter = _cluster(dask) if dask else _local(folder or root / FOLDER, cache, keep, jobs)
    except EnvironmentFailedError as error:
        common.fail(_sentence(error))
    campaign = Campaign(
        root=root, entries=entries, store=store, enter=enter, times=times, again=again
    )
    todo = campaign.open_columns(chosen)
    progress = _Progress(len(todo), quiet=as_json)
    results = [progress.done(result) for result in campaign.run(todo, progress.start)]
    _, _, standing = common.everything(root)
    if as_json:
        common.print_json(_summary(chosen, results, standing))
    else:
        _print(chosen, results, standing)
    failed = any(result.failure for result in results) or _failures(chosen, standing)
    sys.exit(1 if failed else 0)


def _columns(known: Columns, names: Sequence[str]) -> list[Column]:
    """The columns asked for, all of one kind of device by default: those that uv can make."""
    by_name = {column.name: column for column in known.environments}
    for name in names:
        if name not in by_name:
            common.fail(say("cli.matrix.no_column", path=COLUMNS, name=name))
    return [by_name[n] for n in dict.fromkeys(names)] or [
        c for c in known.environments if c.device == "cpu"
    ]


def _entries(root: Path, house: House, slugs: Sequence[str], revision: str | None) -> list[Entry]:
    """The entries that were named, and those that changed; all of them if neither was asked for."""
    wanted = set(slugs)
    if revision is not None:
        try:
            wanted |= changed(root, revision)
        except RevisionError as error:
            common.fail(say("cli.matrix.no_revision", revision=revision, reason=error))
    everything = not slugs and revision is None
    return [entry for slug, entry in house.entries.items() if everything or slug in wanted]


def _local(folder: Path, cache: Path | None, keep: bool, jobs: int) -> Enter:
    maker = Maker(folder, cache, keep)

    @contextmanager
    def enter(column: Column) -> Iterator[Engine]:
        with maker.environment(column) as python, Local(python, jobs) as engine:
            yield engine

    return enter


def _cluster(address: str) -> Enter:
    try:
        from provenfix.matrix.cluster import Cluster
    except ImportError:
        raise EnvironmentFailedError("no_dask") from None
    return Cluster(address).engine


class _Progress:
    """Says where the matrix is: a live table on a terminal, else one line for each column."""

    def __init__(self, total: int, quiet: bool) -> None:
        self._total, self._quiet = total, quiet
        self._done = 0
        self._begin = time.monotonic()
        self._terminal = sys.stdout.isatty()

    def start(self, environment: Environment, work: Todo) -> AbstractContextManager[OnCell]:
        title = f"[{self._done + 1}/{self._total}{self._left()}]"
        board = Board(environment, work, quiet=self._quiet or not self._terminal, title=title)
        return _cells(board)

    def done(self, result: Result) -> Result:
        self._done += 1
        if not self._quiet:
            failure = _sentence(result.failure) if result.failure else None
            text = say(
                "cli.matrix.line.failed" if failure else "cli.matrix.line.done",
                name=result.column.name,
                reason=failure,
                cells=sum(len(ran.cells) for ran in result.ran),
                changed=sum(ran.changed for ran in result.ran),
                make=round(result.seconds_to_make),
                run=round(result.seconds_to_run),
            )
            click.echo(f"[{self._done}/{self._total}] {text}", err=bool(failure))
        return result

    def _left(self) -> str:
        """The minutes that the remaining columns take if they take as long as those so far."""
        if not self._done:
            return ""
        passed = time.monotonic() - self._begin
        minutes = passed / self._done * (self._total - self._done) / 60
        return say("cli.matrix.left", minutes=max(1, round(minutes)))


@contextmanager
def _cells(board: Board) -> Iterator[OnCell]:
    with board:
        yield board.cell


def _sentence(error: EnvironmentFailedError) -> str:
    return say(f"cli.matrix.failure.{error.code}", **error.values)


def _failures(columns: Sequence[Column], standing: Standing) -> bool:
    names = {column.name for column in columns}
    return any(
        counts[verdict]
        for name, counts in standing.by_environment().items()
        for verdict in FAILED
        if standing.environments[name].column in names
    )


def _print(columns: Sequence[Column], results: Sequence[Result], standing: Standing) -> None:
    """One row for each column: its verdicts, and why it could not be run."""
    failures = {r.column.name: r.failure for r in results if r.failure}
    counts = standing.by_environment()
    shown = [v for v in Verdict if any(c[v] for c in counts.values())]
    table = Table(title=say("cli.matrix.table"), title_justify="left")
    table.add_column(say("cli.matrix.column"), no_wrap=True)
    for verdict in shown:
        table.add_column(say(f"verdict.{verdict}"), justify="right")
    for column in columns:
        rows = [n for n, e in standing.environments.items() if e.column == column.name]
        for name in rows:
            numbers = [str(counts[name][v]) if counts[name][v] else "" for v in shown]
            table.add_row(column.name, *numbers)
        if not rows:
            table.add_row(column.name, *[""] * len(shown))
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH).print(table)
    for name, failure in failures.items():
        click.echo(f"{name}: {_sentence(failure)}", err=True)


def _summary(
    columns: Sequence[Column], results: Sequence[Result], standing: Standing
) -> dict[str, object]:
    """The same for machines."""
    counts = standing.by_environment()
    return {
        "columns": {
            column.name: {
                name: {verdict.value: n for verdict, n in sorted(counts[name].items())}
                for name, environment in standing.environments.items()
                if environment.column == column.name
            }
            for column in columns
        },
        "ran": [
            {
                "column": result.column.name,
                "cells": sum(len(ran.cells) for ran in result.ran),
                "changed": sum(ran.changed for ran in result.ran),
                "failure": result.failure and _sentence(result.failure),
                "seconds_to_make": round(result.seconds_to_make, 1),
                "seconds_to_run": round(result.seconds_to_run, 1),
            }
            for result in results
        ],
    }
