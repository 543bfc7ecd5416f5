"""`provenfix render`: writes the generated Markdown and the cards below docs/."""

from __future__ import annotations

import os
from dataclasses import asdict
from importlib.util import find_spec

import click

from provenfix import render
from provenfix.cards import glyphs
from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option, option
from provenfix.cli.speech import say
from provenfix.render.site import LOCAL


@common.command("render")
@option("render", "--no-cards", is_flag=True)
@json_option()
@lang_option()
def command(no_cards: bool, as_json: bool) -> None:
    root = common.repository()
    house, _, standing = common.everything(root)
    site = render.read_site(root, os.environ.get("SITE_URL", LOCAL.url))
    drawn = {} if no_cards or not common.draws_cards() else render.cards(house, standing)
    if drawn and not (find_spec("PIL") and glyphs.FOLDER.is_dir()):
        common.fail(say("cli.render.cannot_draw"))
    report = render.write(root, render.generate(house, standing, site).pages, drawn)
    if as_json:
        common.print_json(asdict(report))
    else:
        counts = {name: len(paths) for name, paths in asdict(report).items()}
        click.echo(say("cli.render.done", **counts))
