"""What was worked out of each entry for lists, remembered as long as the entry stands as it does.

One edit among thousands of entries then costs the work of one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from provenfix.cache import Cache
from provenfix.portions import Portions

T = TypeVar("T")


class _Row(NamedTuple):
    """What is known of one thing.

    Args:
        key: What its values were made of.
        values: By what they are for.
    """

    key: str
    values: dict[str, Any]


class Rows:
    """Values by name, and by what they are for.

    Args:
        cache: Where they lie from build to build; None to know nothing from before.
        table: Under which name.
    """

    def __init__(self, cache: Cache | None = None, table: str = "") -> None:
        self._table = Portions(cache, table)
        self._rows: dict[str, _Row] = {}

    def of(self, name: str, key: str, kind: str, make: Callable[[], T]) -> T:
        """A value: the one of before, or a new one.

        Args:
            name: What it belongs to, like a slug; all its values have the same key.
            key: What they depend on beside the tools.
            kind: What it is for.
            make: Makes it.
        """
        row = self._rows.get(name)
        if row is None:
            known = self._table.known.get(name)
            # A copy: what was known is compared with what is, when it is kept.
            row = _Row(key, dict(known.values) if known and known.key == key else {})
            self._rows[name] = row
        if kind not in row.values:
            row.values[kind] = make()
        value: T = row.values[kind]
        return value

    def keep(self) -> None:
        """Remember what was asked for since, and nothing else."""
        self._table.keep(self._rows)
