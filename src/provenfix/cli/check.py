"""`provenfix check`: everything that must hold of entries and evidence."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from provenfix import checks
from provenfix.cache import Cache
from provenfix.cli import common
from provenfix.cli.common import json_option, lang_option, option, slugs_argument
from provenfix.cli.speech import say
from provenfix.garbage import uncollected
from provenfix.load import ENTRIES, EVIDENCE, load


@common.command("check")
@slugs_argument()
@option("check", "--fresh", is_flag=True)
@json_option()
@lang_option()
@uncollected()
def command(slugs: tuple[str, ...], fresh: bool, as_json: bool) -> None:
    root = common.repository()
    cache = Cache(root)
    loaded = load(root, cache=cache)
    store, problems = common.read_evidence(root, loaded, cache)
    problems += [*loaded.problems, *checks.check(loaded, store, only_fresh=fresh, cache=cache)]
    if slugs:
        unknown = [slug for slug in slugs if slug not in loaded.folders]
        if unknown:
            common.fail(say("cli.unknown_entry", slug=unknown[0]))
        problems = [p for p in problems if p.path.split("/")[0:2] in _folders(slugs)]
    problems = sorted(set(problems))
    if as_json:
        common.print_json([asdict(problem) for problem in problems])
    elif problems:
        common.print_problems(problems)
    else:
        click.echo(say("cli.check.clean", count=len(slugs or loaded.folders)))
    sys.exit(1 if problems else 0)


def _folders(slugs: tuple[str, ...]) -> list[list[str]]:
    return [[top, slug] for top in (ENTRIES, EVIDENCE) for slug in slugs]
