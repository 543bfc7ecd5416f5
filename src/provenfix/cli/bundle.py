"""`provenfix bundle`: cells and runner in one folder or zip, for a machine without us."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option, option
from provenfix.cli.speech import say
from provenfix.load import load
from provenfix.matrix import bundle


@common.command("bundle")
@click.argument("path", type=click.Path(path_type=Path))
@option("bundle", "--entry", "slugs", multiple=True, metavar="SLUG")
@option("bundle", "--gpu", is_flag=True)
@json_option()
@lang_option()
def command(path: Path, slugs: tuple[str, ...], gpu: bool, as_json: bool) -> None:
    loaded = load(common.repository(), slugs)
    if loaded.problems:
        common.print_problems(loaded.problems)
        sys.exit(1)
    entries = [source.entry for source in loaded.sources.values()]
    try:
        count = bundle.write(path, entries, gpu_only=gpu)
    except OSError as error:
        common.fail(say("cli.bundle.failed", path=path, reason=error.strerror))
    if as_json:
        common.print_json({"path": str(path), "entries": count})
    else:
        click.echo(say("cli.bundle.done", count=count, path=path, program=bundle.PROGRAM))
