"""`provenfix match`: which entries fit a text, for machines."""

from __future__ import annotations

import json
import sys
from typing import TextIO

import click

from provenfix.cli import common
from provenfix.cli.common import lang_option, option
from provenfix.cli.speech import say
from provenfix.match.export import signatures
from provenfix.match.matcher import Matcher, Result


@common.command("match")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@option("match", "--jsonl", is_flag=True)
@lang_option()
def command(file: TextIO, jsonl: bool) -> None:
    house = common.entries_only(common.repository())
    matcher = Matcher(signatures(house.values()))
    if not jsonl:
        result = matcher.match(file.read())
        click.echo(_line(result))
        sys.exit(0 if result.matches else 1)
    for number, line in enumerate(file, 1):
        if line.strip():
            click.echo(_line(matcher.match(_text(line, number))))


def _text(line: str, number: int) -> str:
    try:
        value = json.loads(line)
        text = value["text"]
    except (json.JSONDecodeError, TypeError, KeyError):
        text = None
    if not isinstance(text, str):
        common.fail(say("cli.match.bad_line", line=number, got=line.strip()[:60]))
    return text


def _line(result: Result) -> str:
    return json.dumps(result.as_json(), ensure_ascii=False)
