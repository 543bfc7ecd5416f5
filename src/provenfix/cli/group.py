"""The list of commands. Each is a module of its own, imported only when it is run."""

from __future__ import annotations

import importlib
from typing import Any

import click

from provenfix import __version__
from provenfix.cli.speech import say
from provenfix.labels import LANGUAGES

COMMANDS = (
    "new",
    "check",
    "run",
    "matrix",
    "bundle",
    "evidence",
    "status",
    "render",
    "explain",
    "match",
    "translate",
    "schema",
)


class LazyGroup(click.Group):
    """Knows the names of its commands and one line on each; imports just the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"provenfix.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(say("cli.commands")):
            formatter.write_dl([(name, say(f"cli.{name}.brief")) for name in COMMANDS])


def build() -> click.Group:
    """The command `provenfix`."""

    @click.group(cls=LazyGroup, help=say("cli.help"), epilog=say("cli.exit_status"))
    @click.version_option(__version__, prog_name="provenfix")
    @click.option("--lang", type=click.Choice(LANGUAGES), help=say("cli.lang"))
    def provenfix(**_: Any) -> None:
        """Everything happens in the commands; the language was read before they were built."""

    return provenfix
