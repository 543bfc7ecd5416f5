"""`provenfix schema`: the JSON Schemas of the files that people write."""

from __future__ import annotations

import click

from provenfix import files, schemas
from provenfix.cli import common
from provenfix.cli.common import lang_option, option
from provenfix.cli.speech import say


@common.command("schema")
@click.argument("name", type=click.Choice(sorted(schemas.MODELS)), default="entry")
@option("schema", "--write", is_flag=True)
@lang_option()
def command(name: str, write: bool) -> None:
    if not write:
        click.echo(schemas.text(name), nl=False)
        return
    folder = common.repository() / schemas.FOLDER
    changed = [
        name
        for name in schemas.MODELS
        if files.replace(folder / f"{name}.schema.json", schemas.text(name))
    ]
    click.echo(say("cli.schema.written", names=", ".join(changed) or "0"))
