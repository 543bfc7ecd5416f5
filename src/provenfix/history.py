"""How the releases differ, and how one error fared from release to release. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import TypeVar

from provenfix.records import Environment
from provenfix.rows import Rows
from provenfix.standing import EntryStanding, Standing
from provenfix.states import Change, State, compare, ran, states

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """All changes from one environment to a newer one, and how many errors both can speak of."""

    old: Environment
    new: Environment
    changes: tuple[Change, ...]
    measured: int


class History:
    """How environments differ; what is known of an entry in one is worked out once.

    Args:
        standing: Where everything stands.
        rows: What was known of entries before; it grows.
    """

    def __init__(self, standing: Standing, rows: Rows | None = None) -> None:
        self.standing = standing
        self.rows = rows or Rows()
        self._states: dict[tuple[str, str], State] = {}

    @cached_property
    def releases(self) -> list[str]:
        """The names of one CPU environment for each release, the oldest first.

        Where a column was recorded on several machines, the one with the most fresh runs stands
        for it.
        """
        found: dict[str, str] = {}
        for name, environment in self.standing.environments.items():
            if environment.device == "cpu":
                other = found.get(environment.torch)
                if other is None or self._runs(name) > self._runs(other):
                    found[environment.torch] = name
        return list(found.values())

    @cached_property
    def steps(self) -> list[Step]:
        """The changes of each release against the one before it, the oldest first."""
        environments = self.standing.environments
        entries = [
            self.kept(entry, "steps", partial(self._changes, entry))
            for entry in self.standing.entries.values()
        ]
        return [
            Step(
                old=environments[old],
                new=environments[new],
                changes=tuple(change for steps in entries for change in steps[number][0]),
                measured=sum(steps[number][1] for steps in entries),
            )
            for number, (old, new) in enumerate(pairwise(self.releases))
        ]

    def kept(self, entry: EntryStanding, kind: str, make: Callable[[], T]) -> T:
        """What was worked out of an entry, and of how it stands among the environments.

        Args:
            entry: The entry.
            kind: What it is for.
            make: Works it out, of nothing else.
        """
        return self.rows.of(entry.entry.slug, entry.key + self._order, kind, make)

    @cached_property
    def _order(self) -> str:
        """Which environments are compared: an entry's own key knows them all, not their order."""
        return "".join(f" {name}" for name in self.releases)

    def _changes(self, entry: EntryStanding) -> list[tuple[tuple[Change, ...], bool]]:
        """The changes of an entry in each release, and whether it was run on both sides."""
        states = [self.state(entry, name) for name in self.releases]
        return [
            (tuple(compare(entry, old, new)), ran(old) and ran(new))
            for old, new in pairwise(states)
        ]

    def course(self, entry: EntryStanding) -> tuple[tuple[str, str, Change], ...]:
        """The changes of one error from release to release, with both environments, oldest first.

        Releases in which it was not run are passed over: the one before and the one after are
        compared.
        """
        return self.kept(entry, "course", lambda: tuple(self._course(entry)))

    def _course(self, entry: EntryStanding) -> Iterator[tuple[str, str, Change]]:
        names = [name for name in self.releases if entry.control[name].outcome is not None]
        for old, new in pairwise(names):
            for change in compare(entry, self.state(entry, old), self.state(entry, new)):
                yield old, new, change

    def state(self, entry: EntryStanding, name: str) -> State:
        """What is known of an entry in an environment."""
        place = entry.entry.slug, name
        if place not in self._states:
            self._states |= {
                (entry.entry.slug, n): s for n, s in states(entry, self.standing).items()
            }
        return self._states[place]

    def _runs(self, name: str) -> int:
        entries = self.standing.entries.values()
        return sum(entry.control[name].outcome is not None for entry in entries)
