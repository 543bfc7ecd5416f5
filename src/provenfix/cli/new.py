"""`provenfix new`: the six files of a new entry, each saying what it waits for."""

from __future__ import annotations

import click

from provenfix import files, scaffold
from provenfix.cli import common
from provenfix.cli.common import lang_option, option
from provenfix.cli.speech import say
from provenfix.load import ENTRIES, load


@common.command("new")
@click.argument("slug")
@option("new", "--message", default="RuntimeError: the error's last line")
@option("new", "--group")
@option("new", "--dry-run", is_flag=True)
@lang_option()
def command(slug: str, message: str, group: str | None, dry_run: bool) -> None:
    root = common.repository()
    loaded = load(root, ())
    problem = scaffold.refusal(slug, group, loaded.folders, loaded.groups)
    if problem:
        common.fail(say(f"cli.new.{problem}", slug=slug, groups=", ".join(loaded.groups)))
    texts = scaffold.files(slug, message, group or next(iter(loaded.groups)))
    for name, text in texts.items():
        if not dry_run:
            files.replace(root / ENTRIES / slug / name, text)
        click.echo(f"{ENTRIES}/{slug}/{name}")
    click.echo(say("cli.new.dry" if dry_run else "cli.new.next", slug=slug))
