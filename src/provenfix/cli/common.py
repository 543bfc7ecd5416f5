"""What the commands share: finding the repository, printing problems, options."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console

from provenfix import evidence
from provenfix.cache import Cache
from provenfix.cli.speech import say
from provenfix.labels import LANGUAGES
from provenfix.load import COLUMNS, ENTRIES, Loaded, load
from provenfix.model import Entry
from provenfix.problems import Problem
from provenfix.records import Store
from provenfix.standing import Standing, stand
from provenfix.vocabulary import House

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command whose help and examples are the sentences `cli.<name>.help` and `.examples`."""
    epilog = "\b\n" + say(f"cli.{name}.examples")
    return click.command(name, help=say(f"cli.{name}.help"), epilog=epilog)


def option(command: str, flag: str, *names: str, **settings: Any) -> Decorator:
    """An option whose help is the sentence `cli.<command>.<option>`."""
    key = flag.lstrip("-").replace("-", "_")
    return click.option(flag, *names, help=say(f"cli.{command}.{key}"), **settings)


def lang_option() -> Decorator:
    """`--lang`, which was read before the command was built."""
    return click.option(
        "--lang", type=click.Choice(LANGUAGES), expose_value=False, help=say("cli.lang")
    )


def json_option() -> Decorator:
    """`--json`: one JSON value on standard output, for machines."""
    return click.option("--json", "as_json", is_flag=True, help=say("cli.json"))


def slugs_argument() -> Decorator:
    """Entries by slug, or by the path of their folder or of a file in it."""
    return click.argument("slugs", nargs=-1, metavar="[SLUG|PATH]...", callback=_slugs)


def _slugs(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_slug(value) for value in values))


def _slug(value: str) -> str:
    parts = Path(value).parts
    if ENTRIES in parts[:-1]:
        return parts[parts.index(ENTRIES) + 1]
    path = Path(value)
    return path.parent.resolve().name if path.suffix in (".py", ".yaml") else path.name or value


def repository() -> Path:
    """The repository around the working folder; ends the program if there is none."""
    found = find_repository()
    if found is None:
        fail(say("cli.no_repository", folder=Path.cwd()))
    return found


def find_repository() -> Path | None:
    """The repository around the working folder; None if there is none."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / ENTRIES).is_dir() and (folder / COLUMNS).is_file():
            return folder
    return None


def fail(message: str) -> NoReturn:
    """Print a message on standard error and exit with status 1."""
    click.echo(message, err=True)
    sys.exit(1)


def print_problems(problems: Sequence[Problem]) -> None:
    """Print problems, one after the other, and their number, on standard error."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for problem in sorted(set(problems)):
        place = f"{problem.path}:{problem.line}:{problem.column}:"
        console.print(f"[bold]{_plain(place)}[/] {_plain(problem.message)}")
        if problem.tip:
            console.print(f"  [cyan]{say('cli.tip')}[/] {_plain(problem.tip)}")
    console.print(say("cli.problems", count=len(set(problems))))


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


def print_json(value: Any) -> None:
    """Print one JSON value."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=False))


def everything(root: Path, cache: Cache | None = None) -> tuple[House, Store, Standing]:
    """The house, its evidence and where it stands.

    Prints problems and exits with status 1 if there are any.

    Args:
        root: The repository.
        cache: Where entries and records are remembered.
    """
    loaded = load(root, cache=cache)
    store, problems = read_evidence(root, loaded, cache)
    problems = [*loaded.problems, *problems]
    if problems:
        print_problems(problems)
        sys.exit(1)
    house = loaded.house()
    return house, store, stand(house, store)


def read_evidence(
    root: Path, loaded: Loaded, cache: Cache | None = None
) -> tuple[Store, list[Problem]]:
    """All evidence, checked against the cells of the entries that could be loaded."""
    cells = {slug: source.entry.cells for slug, source in loaded.sources.items()}
    # Records of an entry that does not load are not judged: its own problems come first.
    unread = loaded.folders - cells.keys()
    return evidence.read(root, cells, unread, cache)


def draws_cards() -> bool:
    """Whether the cards of entries are to be drawn: yes, unless `PROVENFIX_CARDS` is off."""
    return bool(click.BOOL.convert(os.environ.get("PROVENFIX_CARDS") or "on", None, None))


def entries_only(root: Path) -> dict[str, Entry]:
    """The entries, without evidence; prints problems and exits with status 1 if there are any."""
    loaded = load(root)
    if loaded.problems:
        print_problems(loaded.problems)
        sys.exit(1)
    return {slug: source.entry for slug, source in loaded.sources.items()}
