"""`provenfix status`: what is published, what waits and for what, what is withheld and why."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from provenfix.cache import Cache
from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option
from provenfix.cli.speech import say, spoken
from provenfix.garbage import uncollected
from provenfix.standing import Standing
from provenfix.standing_json import summary
from provenfix.verdict import Verdict


@common.command("status")
@json_option()
@lang_option()
@uncollected()
def command(as_json: bool) -> None:
    root = common.repository()
    _, _, standing = common.everything(root, Cache(root))
    if as_json:
        common.print_json(summary(standing))
        return
    console = Console(highlight=False)
    console.print(_entries(standing))
    _print_withheld(console, standing)
    _print_counts(console, standing)


def _entries(standing: Standing) -> Table:
    table = Table(title=say("cli.status.entries"), title_justify="left")
    table.add_column(say("cli.status.entry"), no_wrap=True)
    for key in ("state", "fixes", "dead_ends"):
        table.add_column(say(f"cli.status.{key}"))
    for slug, entry in standing.entries.items():
        if entry.waiting:
            state = say("cli.status.waiting", reason=spoken().reason(entry.waiting))
        else:
            state = "[green]" + say("cli.status.published") + "[/]"
        table.add_row(slug, state, str(len(entry.fixes)), str(len(entry.dead_ends)))
    return table


def _print_withheld(console: Console, standing: Standing) -> None:
    withheld = [(s, c) for s, e in standing.entries.items() for c in e.withheld]
    if not withheld:
        console.print(say("cli.status.nothing_withheld"))
        return
    console.print(say("cli.status.withheld"), style="bold")
    for slug, claim in withheld:
        if claim.withheld:
            console.print(f"  {slug}  {claim.name}: {spoken().reason(claim.withheld)}")


def _print_counts(console: Console, standing: Standing) -> None:
    """One line for each environment, with the verdicts that occur."""
    console.print(say("cli.status.counts"), style="bold")
    rows = {**standing.by_environment(), say("cli.status.overall"): standing.claims()}
    for name, counts in rows.items():
        occurring = [verdict for verdict in Verdict if counts[verdict]]
        found = (f"{say(f'verdict.{verdict}')} {counts[verdict]}" for verdict in occurring)
        console.print(f"  {name}: {', '.join(found)}", soft_wrap=True)
