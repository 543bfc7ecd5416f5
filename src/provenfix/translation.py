"""Which Chinese fields translate an older English text, and marking them as up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from provenfix import digest
from provenfix.load import Source
from provenfix.model import Translation
from provenfix.strictyaml import Location


@dataclass(frozen=True, slots=True)
class Stale:
    """A Chinese field whose English text changed since it was translated.

    Args:
        entry: The entry's slug.
        field: The field, dotted: `claims.fix_x.title`.
        english, chinese: The texts as they stand.
        start, end: Where the value of `of` stands in zh.yaml, in characters.
    """

    entry: str
    field: str
    english: str
    chinese: str
    start: int
    end: int


def fields(source: Source) -> Iterator[tuple[Location, str, Translation]]:
    """Every translated field of an entry: its place, its English text, its translation."""
    yield from _pairs(source.entry.en, source.entry.zh, ())


def stale(source: Source) -> Iterator[Stale]:
    """The fields whose `of` is not the short hash of their English text."""
    document = source.documents["zh.yaml"]
    for location, english, chinese in fields(source):
        if chinese.of != digest.of_text(english):
            place = document.place((*location, "of"))
            name = ".".join(map(str, location))
            yield Stale(source.entry.slug, name, english, chinese.text, place.start, place.end)


def accepted(text: str, found: list[Stale]) -> str:
    """The text of zh.yaml with the given fields marked as translations of the present English."""
    for field in sorted(found, key=lambda f: f.start, reverse=True):
        text = f'{text[: field.start]}"{digest.of_text(field.english)}"{text[field.end :]}'
    return text


def _pairs(
    english: Any, chinese: Any, location: Location
) -> Iterator[tuple[Location, str, Translation]]:
    if isinstance(chinese, Translation):
        if isinstance(english, str):
            yield location, english, chinese
        return
    names = chinese if isinstance(chinese, dict) else type(chinese).model_fields
    for name in names:
        pair = _get(english, name), _get(chinese, name)
        if None not in pair:
            yield from _pairs(*pair, (*location, name))


def _get(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else getattr(holder, name, None)
