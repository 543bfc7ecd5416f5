"""The live table of a run; on anything but a terminal, one line for each entry."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import click
from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from provenfix.cli.speech import say
from provenfix.matrix.plan import Planned
from provenfix.model import CONTROL, Entry
from provenfix.records import Cell, Environment, Outcome
from provenfix.verdict import FAILED, Observed, Verdict, judge

_STYLE = {
    Verdict.VERIFIED: ("✔", "green"),
    Verdict.REFUTED: ("✘", "bold red"),
    Verdict.BROKEN_DIFFERENTLY: ("!", "bold red"),
    Verdict.FLAKY: ("~", "bold red"),
    Verdict.RUNS: ("○", "yellow"),
    Verdict.UNTESTED: ("…", "dim"),
    Verdict.NOT_APPLICABLE: ("–", "dim"),
}
LINE = 160
"""Characters of an error that a line of the terminal shows."""
_CONTROL = {
    Outcome.RAISED: ("✔", "green"),
    Outcome.PASSED: ("○", "yellow"),
    Outcome.NOT_APPLICABLE: ("–", "dim"),
}


class Board:
    """Collects cells as they come and shows them.

    Use as a context manager.

    Args:
        environment: Where the cells run.
        work: The entries with the cells that will run.
        quiet: Show nothing.
        title: What to say beside the environment.
    """

    def __init__(
        self,
        environment: Environment,
        work: Sequence[tuple[Entry, Sequence[str]]],
        quiet: bool,
        title: str = "",
    ) -> None:
        self.failures: list[str] = []
        self._left = {entry.slug: len(cells) for entry, cells in work}
        self._cells: dict[str, dict[str, Cell]] = {slug: {} for slug in self._left}
        self._rows: dict[str, Text] = {}
        self._lock = threading.Lock()
        self._console = Console(highlight=False)
        self._quiet = quiet
        self._title = f"{title} {say('cli.run.environment', name=environment.name)}".strip()
        self._progress = Progress(
            TextColumn(say("cli.run.cells")),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        self._bar = self._progress.add_task("", total=sum(self._left.values()))
        self._live: Live | None = None

    def __enter__(self) -> Board:
        if self._quiet:
            return self
        if self._console.is_terminal:
            self._live = Live(self._view(), console=self._console, refresh_per_second=8)
            self._live.__enter__()
        else:
            click.echo(self._title)
        return self

    def __exit__(self, *error: object) -> None:
        if self._live:
            self._live.update(self._view())
            self._live.__exit__(None, None, None)

    def cell(self, planned: Planned, cell: Cell) -> None:
        """Take in what a cell did; called from the workers' threads."""
        slug = planned.entry.slug
        with self._lock:
            self._cells[slug][planned.name] = cell
            self._left[slug] -= 1
            self._progress.advance(self._bar)
            self._rows[slug] = row = self._row(planned.entry)
            done = self._left[slug] == 0
            if done:
                self.failures += _failures(planned.entry, self._cells[slug])
            if self._live:
                self._live.update(self._view())
            elif done and not self._quiet:
                click.echo(f"{slug:28} {row.plain}")

    def _row(self, entry: Entry) -> Text:
        text = Text()
        cells = self._cells[entry.slug]
        for name in entry.cells:
            if name not in cells:
                continue
            if name == CONTROL:
                sign, style = _CONTROL.get(cells[name].outcome, ("✘", "bold red"))
            else:
                sign, style = _STYLE[_verdict(entry, name, cells)]
            text.append(f"{sign} {name}{_same(cells[name])}  ", style)
        return text

    def _view(self) -> Group:
        table = Table(title=self._title, title_justify="left", show_header=False, box=None)
        for slug, row in self._rows.items():
            table.add_row(slug, row)
        return Group(table, self._progress)


def _same(cell: Cell) -> str:
    """How many runs did the same, where not all did."""
    return f" {cell.runs - cell.differing}/{cell.runs}" if cell.differing else ""


def _verdict(entry: Entry, name: str, cells: dict[str, Cell]) -> Verdict:
    control = Observed(cells.get(CONTROL), fresh=True)
    return judge(entry.facts.claims[name], control, Observed(cells[name], fresh=True))


def _failures(entry: Entry, cells: dict[str, Cell]) -> list[str]:
    """The claims of an entry that did not hold, with what happened instead."""
    lines = []
    for name, cell in cells.items():
        if name != CONTROL and _verdict(entry, name, cells) in FAILED:
            claimed = say(f"claim.{entry.facts.claims[name].claim}")
            lines.append(
                say(
                    "cli.run.failed",
                    path=f"entries/{entry.slug}/{entry.script_of(name)}.py",
                    claimed=claimed,
                    happened=happened(cell),
                )
            )
    return lines


def happened(cell: Cell) -> str:
    """What a cell did, in a line."""
    parts = [say(f"outcome.{cell.outcome}")]
    if cell.exception:
        error = f"{cell.exception}: {cell.message[0] if cell.message else ''}"
        parts.append(error if len(error) <= LINE else f"{error[:LINE]}…")
    if cell.reason:
        parts.append(cell.reason)
    if cell.outcome is Outcome.PASSED and not cell.asserts:
        parts.append(say("cli.run.asserted_nothing"))
    return ", ".join(parts)
