"""What was worked out of each entry, on disk in portions: thousands of small files are slow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from provenfix.cache import Cache

NUMBER = 64
"""Portions of a table. More are slower to read, fewer slower to write when one entry changed."""


class Portions:
    """A table of values by slug; each value says by itself what it holds for.

    Args:
        cache: Where it lies; None for a table that is empty and forgets everything.
        name: The table's name.
    """

    def __init__(self, cache: Cache | None, name: str) -> None:
        self._cache, self._name = cache, name
        self.known: dict[str, Any] = {}
        if cache:
            for number in range(NUMBER):
                self.known |= cache.get(self._file(number), "") or {}

    def keep(self, values: Mapping[str, Any]) -> None:
        """Remember these values and no others; only portions that differ are written."""
        if self._cache is None:
            return
        before, after = _parted(self.known), _parted(values)
        for number in range(NUMBER):
            if after[number] != before[number]:
                self._cache.put(self._file(number), "", after[number])

    def _file(self, number: int) -> str:
        return f"{self._name}/{number:02}"


def _parted(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    portions: list[dict[str, Any]] = [{} for _ in range(NUMBER)]
    for slug, value in values.items():
        portions[crc32(slug.encode()) % NUMBER][slug] = value
    return portions
