"""The entries as they ship with the package, read once."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from provenfix.match.matcher import Matcher

FILE = "entries.json"
"""Beside this package's modules in a wheel; `hatch_build.py` puts it there."""
LANGUAGES = ("en", "zh")

_PACKED = Path(__file__).parents[1] / FILE
_CHECKOUT = Path(__file__).parents[3]


class DataError(Exception):
    """The entries that ship with the package are missing or broken."""


def broken(error: Exception) -> DataError:
    """The error that says where the entries should be, and what came of reading them."""
    return DataError(f"{_PACKED}:1:1: must hold the entries (got: {error!r})")


@cache
def load() -> dict[str, Any]:
    """The entries: from the wheel, or in a checkout from the repository itself.

    Raises:
        DataError: They are missing or broken.
    """
    try:
        if _PACKED.is_file():
            found: dict[str, Any] = json.loads(_PACKED.read_bytes())
            return found
        # Needs our dependencies and seconds, but a checkout is ours: nothing can be out of date.
        from provenfix import shipped

        return shipped.data(*shipped.read(_CHECKOUT), os.environ.get("SITE_URL", ""))
    except Exception as error:
        raise broken(error) from error


@cache
def matcher() -> Matcher:
    """The matcher of all entries.

    Raises:
        DataError: The entries are missing or broken.
    """
    try:
        return Matcher(load()["signatures"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise broken(error) from error


def language(wanted: str | None) -> str:
    """The language asked for, else that of PROVENFIX_LANG; English for anything else."""
    wanted = os.environ.get("PROVENFIX_LANG", "") if wanted is None else wanted
    return wanted if wanted in LANGUAGES else "en"


def site() -> str:
    """The address of the site with a slash at its end: PROVENFIX_SITE, else the one of the build.

    Empty if there is none, so that nobody is sent to a server on their own machine.
    """
    address: str = os.environ.get("PROVENFIX_SITE", load()["site"])
    return address.rstrip("/") + "/" if address else ""
