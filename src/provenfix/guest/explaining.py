"""An exception or a text -> what is known about it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import Any

from provenfix.guest import data
from provenfix.guest.explanation import DeadEnd, Explanation, Fix

FRAMES = 40
"""Frames of a traceback that are read, those nearest to the error."""


def explain(problem: BaseException | str, lang: str | None = None) -> Explanation | None:
    """What is known about an error; `provenfix.explain` says more.

    Raises:
        DataError: The entries that ship with the package are missing or broken.
    """
    for text in [problem] if isinstance(problem, str) else map(_text, _chain(problem, set())):
        matches = data.matcher().match(text).matches
        if matches:
            return entry(matches[0].entry, data.language(lang), matches[0].line)
    return None


def entry(slug: str, language: str, matched: str = "") -> Explanation | None:
    """An entry by its name; None if there is none of that name.

    Args:
        slug: Its name.
        language: `en` or `zh`.
        matched: The text that was recognised.

    Raises:
        DataError: The entries that ship with the package are missing or broken.
    """
    everything = data.load()
    try:
        if slug not in everything["entries"]:
            return None
        told = everything["entries"][slug][language]
        sentences = everything["sentences"][language]
        return _explanation(slug, language, told, sentences, matched)
    except (KeyError, TypeError) as error:
        raise data.broken(error) from error


def _explanation(
    slug: str, language: str, told: dict[str, Any], sentences: dict[str, str], matched: str
) -> Explanation:
    site = data.site()
    return Explanation(
        slug=slug,
        language=language,
        title=told["title"],
        summary=told["summary"],
        url=site + told["page"] if site and told["page"] else "",
        waiting=told["waiting"],
        fixes=tuple(Fix(**fix) for fix in told["fixes"]),
        dead_ends=tuple(DeadEnd(**end) for end in told["dead_ends"]),
        matched=matched,
        sentences=sentences,
    )


def _chain(error: BaseException | None, seen: set[int]) -> Iterator[BaseException]:
    """An exception and what led to it, the last one first; of a group its members only."""
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, BaseExceptionGroup):
            for member in error.exceptions:
                yield from _chain(member, seen)
        else:
            yield error
        hidden = error.__cause__ is None and error.__suppress_context__
        error = None if hidden else error.__cause__ or error.__context__


def _text(error: BaseException) -> str:
    """The traceback of one exception, without those that led to it."""
    lines = traceback.format_exception(
        type(error), error, error.__traceback__, limit=-FRAMES, chain=False
    )
    return "".join(lines)
