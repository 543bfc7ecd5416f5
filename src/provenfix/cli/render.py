"""`provenfix render`: writes the generated Markdown below docs/."""

from __future__ import annotations

import os
from dataclasses import asdict

import click

from provenfix import render
from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option
from provenfix.cli.speech import say
from provenfix.render.site import LOCAL


@common.command("render")
@json_option()
@lang_option()
def command(as_json: bool) -> None:
    root = common.repository()
    house, _, standing = common.everything(root)
    site = render.read_site(root, os.environ.get("SITE_URL", LOCAL.url))
    report = render.write(root, render.pages(house, standing, site))
    if as_json:
        common.print_json(asdict(report))
    else:
        counts = {name: len(paths) for name, paths in asdict(report).items()}
        click.echo(say("cli.render.done", **counts))
