"""`provenfix run train.py ...`: tells a user's script from the names of entries, and runs it.

This is read before anything else of the command line: click, YAML and the like have no business in
somebody else's program.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn


def found(arguments: Sequence[str]) -> tuple[list[str], str | None] | None:
    """The script or `-m MODULE` of a command line with all that follows, and the language.

    A script beside an `entry.yaml` is an entry's, which runs contained.

    Args:
        arguments: The command line without the program's name.

    Returns:
        None if it is any other command line.
    """
    rest, lang = _language(list(arguments), None)
    if rest[:1] != ["run"]:
        return None
    rest, lang = _language(rest[1:], lang)
    if rest[:1] == ["-m"]:
        return (rest, lang) if len(rest) > 1 else None
    if not rest or not rest[0].endswith(".py"):
        return None
    entry = os.path.join(os.path.dirname(rest[0]), "entry.yaml")
    return None if os.path.exists(entry) else (rest, lang)


def run(script: Sequence[str], lang: str | None) -> None:
    """Run it; exits with status 2, as Python does, if it cannot be read.

    Args:
        script: What `found` has found.
        lang: Language of what we print.
    """
    from provenfix.guest.script import Script

    try:
        prepared = Script(script)
    except OSError as error:
        _unreadable(script[0], error.strerror or str(error), lang)
    prepared.run(lang)


def _unreadable(path: str, reason: str, lang: str | None) -> NoReturn:
    from provenfix.cli import speech

    speech.use(speech.choose(["--lang", lang] if lang else [], os.environ))
    print(speech.say("cli.run.no_script", path=path, reason=reason), file=sys.stderr)
    sys.exit(2)


def _language(arguments: list[str], lang: str | None) -> tuple[list[str], str | None]:
    """The arguments after `--lang`, if they begin with it, and its value."""
    if arguments[:1] == ["--lang"] and len(arguments) > 1:
        return arguments[2:], arguments[1]
    if arguments and arguments[0].startswith("--lang="):
        return arguments[1:], arguments[0].removeprefix("--lang=")
    return arguments, lang
