"""`provenfix evidence`: what other machines brought."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option
from provenfix.cli.speech import say
from provenfix.load import load
from provenfix.matrix import imports
from provenfix.problems import InputError

_EXAMPLES = "\b\n" + say("cli.evidence.examples")


@click.group("evidence", help=say("cli.evidence.help"), epilog=_EXAMPLES)
def command() -> None:
    """Its sub-commands do the work."""


@command.command("import", help=say("cli.evidence.import.help"), epilog=_EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@json_option()
@lang_option()
def take_in(folder: Path, as_json: bool) -> None:
    root = common.repository()
    loaded = load(root)
    store, problems = common.read_evidence(root, loaded)
    problems = [*loaded.problems, *problems]
    if problems:
        common.print_problems(problems)
        sys.exit(1)
    entries = {slug: source.entry for slug, source in loaded.sources.items()}
    try:
        done = imports.write(root, imports.read(folder, entries, store))
    except InputError as error:
        common.print_problems(error.problems)
        sys.exit(1)
    names = sorted({record.environment for record in done.records})
    if as_json:
        common.print_json({"changed": list(done.changed), "environments": names})
        return
    for path in done.changed:
        click.echo(path)
    click.echo(
        say(
            "cli.evidence.done",
            records=len(done.records),
            changed=len(done.changed),
            environments=say("list_separator").join(names),
        )
    )
