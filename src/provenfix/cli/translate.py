"""`provenfix translate`: which Chinese fields are of an older English text, and accepting them."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.console import Console

from provenfix import files, translation
from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option, option, slugs_argument
from provenfix.cli.speech import say
from provenfix.load import ENTRIES, load
from provenfix.translation import Stale


@common.command("translate")
@slugs_argument()
@option("translate", "--accept", is_flag=True)
@option("translate", "--field", metavar="NAME")
@json_option()
@lang_option()
def command(slugs: tuple[str, ...], accept: bool, field: str | None, as_json: bool) -> None:
    if accept and not slugs:
        raise click.UsageError(say("cli.translate.accept_what"))
    root = common.repository()
    loaded = load(root, slugs)
    if loaded.problems:
        common.print_problems(loaded.problems)
        raise SystemExit(1)
    stale = [
        found
        for source in loaded.sources.values()
        for found in translation.stale(source)
        if field in (None, found.field)
    ]
    if accept:
        for slug in dict.fromkeys(found.entry for found in stale):
            path = root / ENTRIES / slug / "zh.yaml"
            mine = [found for found in stale if found.entry == slug]
            files.replace(path, translation.accepted(path.read_text("utf-8"), mine))
        click.echo(say("cli.translate.accepted", count=len(stale)))
    elif as_json:
        common.print_json([asdict(found) for found in stale])
    else:
        _print(stale)


def _print(stale: list[Stale]) -> None:
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for found in stale:
        console.print(f"{found.entry}  {found.field}", style="bold")
        console.print(f"  en  {found.english}")
        console.print(f"  zh  {found.chinese}")
    console.print(say("cli.translate.found", count=len(stale)))
