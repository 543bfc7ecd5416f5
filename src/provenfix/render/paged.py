"""Lists that grow with the number of errors, in pages that do not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

CARDS, MATRIX, STATUS = 100, 250, 500
"""Rows of a page: errors with their message, errors with a cell for each column, errors alone."""
TOPIC = 20
"""Errors that the home page names of a topic; a list of all of them lies behind it."""
PAGE = "page"
"""The folder of the further pages. `errors/page/2/` is no error's page: a slug has no slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where one page of a list stands.

    Args:
        number: The page, counted from 1.
        paths: All pages of the list, by their names below docs/ without language and suffix.
    """

    number: int
    paths: tuple[str, ...]

    @property
    def path(self) -> str:
        """The name of this page."""
        return self.paths[self.number - 1]


def pagers(name: str, pages: int) -> list[Pager]:
    """The pagers of a list, one for each of its pages.

    Args:
        name: The first page below docs/, without language and suffix, like `errors/index`.
        pages: How many there are.
    """
    folder = f"{name.removesuffix('/index')}/{PAGE}"
    paths = (name, *(f"{folder}/{number}" for number in range(2, pages + 1)))
    return [Pager(number=number, paths=paths) for number in range(1, pages + 1)]


def split(values: Iterable[T], size: int) -> list[Sequence[T]]:
    """The values in portions; one portion, an empty one, of no values.

    Args:
        values: All rows of the list.
        size: The most that a portion may have.
    """
    rows = tuple(values)
    return [rows[start : start + size] for start in range(0, len(rows) or 1, size)]
