"""`provenfix run`: runs cells in an interpreter, shows them live, records them or compares them.

A script of the user's (`provenfix run train.py`) never comes here: see user_script.py.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option, option, slugs_argument
from provenfix.cli.live import Board
from provenfix.cli.speech import say
from provenfix.load import load
from provenfix.matrix import compare, plan
from provenfix.matrix.pool import NoTorchError
from provenfix.matrix.session import Local, Ran, Session
from provenfix.matrix.uv import EnvironmentFailedError
from provenfix.model import Entry
from provenfix.records import Store
from provenfix.runner.client import WorkerError

Todo = Sequence[tuple[Entry, Sequence[str]]]


@common.command("run")
@slugs_argument()
@option("run", "--record", is_flag=True)
@option("run", "--todo", is_flag=True)
@option("run", "--compare", is_flag=True)
@option("run", "--python", default=sys.executable, metavar="PATH")
@option("run", "--times", type=click.IntRange(1, 1000), default=1)
@option("run", "--jobs", type=click.IntRange(1, 64), default=min(2, os.cpu_count() or 1))
@json_option()
@lang_option()
def command(
    slugs: tuple[str, ...],
    record: bool,
    todo: bool,
    compare: bool,
    python: str,
    times: int,
    jobs: int,
    as_json: bool,
) -> None:
    if record and compare:
        raise click.UsageError(say("cli.run.record_or_compare"))
    root = common.repository()
    loaded = load(root, slugs)
    store, problems = common.read_evidence(root, loaded)
    # A record that is broken or of a claim that is gone is just what --record replaces.
    problems = loaded.problems + ([] if record else problems)
    if problems:
        common.print_problems(problems)
        sys.exit(1)
    entries = [source.entry for source in loaded.sources.values()]
    try:
        with Local(python, jobs) as engine:
            session = Session(root, engine, times)
            work = _work(entries, store, session, times if todo else None)
            with Board(session.environment, work, quiet=as_json) as board:
                done = list(session.run(work, board.cell, store if record else None))
                lines = _compared(done, store, session) if compare else []
    except (NoTorchError, WorkerError) as error:
        common.fail(say("cli.run.no_torch", python=python, reason=error))
    except EnvironmentFailedError as error:
        common.fail(say(f"cli.matrix.failure.{error.code}", **error.values))
    failures = board.failures + lines
    _report(done, failures, session, as_json, recorded=record)
    sys.exit(1 if failures else 0)


def _work(entries: list[Entry], store: Store, session: Session, times: int | None) -> Todo:
    """Entries with the cells to run; with `times` only what has no fresh record of so many runs."""
    if times is None:
        return [(entry, entry.cells) for entry in entries]
    return plan.open_work(entries, store, session.environment.name, times)


def _compared(done: list[Ran], store: Store, session: Session) -> list[str]:
    """What differs from the records of this column of the matrix."""
    return [
        str(difference)
        for ran in sorted(done, key=lambda ran: ran.entry.slug)
        for difference in compare.differences(ran, session.environment, store)
    ]


def _report(
    done: list[Ran], failures: list[str], session: Session, as_json: bool, *, recorded: bool
) -> None:
    if as_json:
        observed = {
            ran.entry.slug: {name: cell.model_dump(mode="json") for name, cell in ran.cells.items()}
            for ran in done
        }
        environment = session.environment.name
        common.print_json({"environment": environment, "cells": observed, "failures": failures})
        return
    for failure in failures:
        click.echo(failure, err=True)
    ran = sum(len(entry.cells) for entry in done)
    click.echo(say("cli.run.done", cells=ran, entries=len(done), failures=len(failures)))
    if recorded:
        changed = sum(ran.changed for ran in done)
        click.echo(say("cli.run.recorded", changed=changed, environment=session.environment.name))
