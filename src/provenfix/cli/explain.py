"""`provenfix explain`: reads a traceback and prints the entry that fits.

In a repository from its entries, elsewhere from those that ship with the package.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text

from provenfix import diff
from provenfix.cli import common
from provenfix.cli.common import lang_option
from provenfix.cli.live import happened
from provenfix.cli.speech import language, say, spoken
from provenfix.guest import explaining
from provenfix.guest.data import DataError
from provenfix.match.export import signatures
from provenfix.match.matcher import Matcher, Result
from provenfix.standing import ClaimStanding, EntryStanding, Standing
from provenfix.words import EntryTexts, texts


@common.command("explain")
@click.argument("source", metavar="[FILE|ENTRY]", default="-")
@lang_option()
def command(source: str) -> None:
    root = common.find_repository()
    if root is None:
        _shipped(source)
        return
    house, _, standing = common.everything(root)
    if source in standing.entries:
        _explain(_console(), standing.entries[source], standing)
        return
    result = Matcher(signatures(house.entries.values())).match(_read(source))
    if not result.matches:
        common.fail(_unknown(result, standing))
    matches = result.matches
    console = _console()
    _explain(console, standing.entries[matches[0].entry], standing)
    others = [match.entry for match in matches[1:]]
    if others:
        console.print(say("cli.explain.others", entries=", ".join(others)))
    if result.wrapper:
        console.print(_wrapped(result.wrapper))


def _shipped(source: str) -> None:
    """The same outside a repository."""
    try:
        found = explaining.entry(source, language())
        found = found or explaining.explain(_read(source), language())
    except DataError as error:
        common.fail(str(error))
    if found is None:
        common.fail(say("cli.explain.unknown"))
    click.echo(str(found))


def _read(source: str) -> str:
    """The text of a file, or of standard input for `-`; ends the program if there is none."""
    if source == "-":
        if sys.stdin.isatty():
            click.echo(say("cli.explain.paste"), err=True)
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        return Path(source).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        common.fail(say("cli.explain.no_file", path=source, reason=error.strerror))


def _console() -> Console:
    return Console(highlight=False, width=min(100, Console().width))


def _unknown(result: Result, standing: Standing) -> str:
    """Why nothing fits, what to paste, and what comes nearest."""
    if result.wrapper:
        return _wrapped(result.wrapper)
    lines = [say("cli.explain.unknown")]
    if result.nearest:
        lines.append(say("cli.explain.nearest"))
    for slug, _ in result.nearest:
        title = texts(standing.entries[slug].entry, language()).title.text
        lines.append(f"  {slug}: {title}")
    return "\n".join(lines)


def _wrapped(kind: str) -> str:
    return say("cli.explain.wrapper", inner=say(f"cli.explain.inner.{kind}"))


def _explain(console: Console, entry: EntryStanding, standing: Standing) -> None:
    words = texts(entry.entry, language())
    console.print(Text(words.title.text, style="bold"))
    console.print(Text(words.summary.text + _stale(words.summary.stale)))
    if entry.waiting:
        console.print(Text(say("cli.explain.waiting", reason=spoken().reason(entry.waiting))))
    for number, fix in enumerate(entry.fixes):
        _fix(console, entry, fix, words, standing, first=number == 0)
    _heading(console, say("cli.explain.cause"))
    _body(console, Text(words.cause.text + _stale(words.cause.stale)))
    if entry.dead_ends:
        _heading(console, say("cli.explain.dead_ends"))
    for claim in entry.dead_ends:
        _dead_end(console, claim, words)


def _fix(
    console: Console,
    entry: EntryStanding,
    fix: ClaimStanding,
    words: EntryTexts,
    standing: Standing,
    *,
    first: bool,
) -> None:
    claim = words.claims[fix.name]
    _heading(console, f"✔ {claim.title.text}")
    _body(console, Text(_figures(fix, standing), style="green"))
    _body(console, Text(claim.text.text + _stale(claim.text.stale)))
    if claim.cost:
        _body(console, Text(say("cli.explain.cost", cost=claim.cost.text)))
    if first:
        _body(console, Syntax(diff.of_claim(entry.entry, fix.name), "diff", theme="ansi_dark"))


def _dead_end(console: Console, claim: ClaimStanding, words: EntryTexts) -> None:
    sample = claim.sample()
    kind = say(f"claim.{claim.claim.claim}")
    _body(console, Text(f"✘ {words.claims[claim.name].title.text} ({kind})", style="bold"))
    if sample:
        _body(console, Text(happened(sample), style="dim"))
    _body(console, Text(words.claims[claim.name].text.text))


def _figures(fix: ClaimStanding, standing: Standing) -> str:
    proven, tested = fix.proven_in, fix.tested_in
    versions = dict.fromkeys(standing.environments[name].torch for name in proven)
    return say(
        "cli.explain.verified", proven=len(proven), tested=len(tested), versions=", ".join(versions)
    )


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, style="bold"))


def _body(console: Console, text: RenderableType) -> None:
    console.print(Padding(text, (0, 0, 0, 2)))


def _stale(stale: bool) -> str:
    return f" [{say('cli.explain.stale')}]" if stale else ""
