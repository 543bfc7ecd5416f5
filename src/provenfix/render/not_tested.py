"""What a page cannot speak of: planned columns, single claims, hardware and systems. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenfix.labels import Labels
from provenfix.records import Environment
from provenfix.standing import EntryStanding, Standing
from provenfix.verdict import FAILED
from provenfix.vocabulary import House
from provenfix.words import texts

_SYSTEMS = {"Windows": "Windows", "macOS": "Darwin"}
"""Systems that readers use, and how a recorded environment would name them."""


def sentences(house: House, standing: Standing, entry: EntryStanding, say: Labels) -> Iterator[str]:
    """What was not tested for an error, one sentence each.

    Args:
        house: Knows the planned columns.
        standing: Knows the environments.
        entry: The error.
        say: The language.
    """
    ran = [name for name, run in entry.control.items() if run.outcome]
    tested = [standing.environments[name] for name in ran]
    columns = {environment.column for environment in tested}
    for column in house.columns.environments:
        if column.name not in columns:
            yield say("page.not_tested.column", name=column.name)
    yield from _claims(entry, say)
    yield from _hardware(tested, say)
    yield from _systems(tested, say)
    yield say("page.not_tested.rest")


def _claims(entry: EntryStanding, say: Labels) -> Iterator[str]:
    words = texts(entry.entry, say.language).claims
    for claim in entry.withheld:
        if claim.withheld and claim.overall not in FAILED:
            reason = say.reason(claim.withheld)
            title = words[claim.name].title.text
            yield say("page.not_tested.claim", title=title, reason=reason)


def _hardware(tested: Sequence[Environment], say: Labels) -> Iterator[str]:
    if not any(environment.gpu for environment in tested):
        yield say("page.not_tested.gpu")
    elif not any("multi_gpu" in environment.capabilities for environment in tested):
        yield say("page.not_tested.multi_gpu")
    if not any(environment.build.startswith("rocm") for environment in tested):
        yield say("page.not_tested.rocm")
    if not any(environment.build.startswith("xpu") for environment in tested):
        yield say("page.not_tested.other_chips")


def _systems(tested: Sequence[Environment], say: Labels) -> Iterator[str]:
    ran = say("list_separator").join(sorted({environment.system for environment in tested}))
    lacking = [
        name
        for name, system in _SYSTEMS.items()
        if not any(environment.system.startswith(system) for environment in tested)
    ]
    if lacking:
        names = say("list_separator").join(lacking)
        yield say("page.not_tested.systems", names=names, systems=ran)
    minors = {".".join(environment.python.split(".")[:2]) for environment in tested}
    versions = sorted(minors, key=lambda minor: [int(part) for part in minor.split(".")])
    yield say("page.not_tested.python", versions=say("list_separator").join(versions))
