"""What differs between two environments, derived from what was measured in both."""

from __future__ import annotations

from typing import Any

import pytest
from small_house import BACKWARD_TWICE, environment, house, passed, raised, record

from provenfix.history import History
from provenfix.model import CONTROL
from provenfix.records import Environment, Outcome, Store
from provenfix.standing import Standing, stand
from provenfix.states import Change, Kind

OLD, NEW = environment("2.6.0"), environment("2.13.0")
ENTRY = "backward-twice"


def _standing(
    old: dict[str, Any] | None, new: dict[str, Any] | None, *where: Environment
) -> Standing:
    """The small house with one entry observed in two environments; None leaves one out."""
    the_house = house()
    environments = where or (OLD, NEW)
    records = [
        record(the_house.entries[ENTRY], place, cells)
        for place, cells in zip(environments, (old, new), strict=True)
        if cells is not None
    ]
    store = Store(
        environments={place.name: place for place in environments},
        records={(r.entry, r.environment): r for r in records},
    )
    return stand(the_house, store)


def _changes(old: dict[str, Any] | None, new: dict[str, Any] | None) -> list[Change]:
    (step,) = History(_standing(old, new)).steps
    return list(step.changes)


def _with(**cells: dict[str, Any]) -> dict[str, Any]:
    return {**BACKWARD_TWICE, **cells}


SAID = f"RuntimeError: {BACKWARD_TWICE[CONTROL]['message'][0]}"


def test_nothing_changes_where_the_same_happens() -> None:
    """Equal observations have no changes."""
    assert [] == _changes(BACKWARD_TWICE, BACKWARD_TWICE)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (passed(), BACKWARD_TWICE[CONTROL], Change(kind=Kind.APPEARED, entry=ENTRY, new=SAID)),
        (BACKWARD_TWICE[CONTROL], passed(), Change(kind=Kind.VANISHED, entry=ENTRY, old=SAID)),
        (
            BACKWARD_TWICE[CONTROL],
            raised("no such", exception="TypeError", outcome=Outcome.OTHER_ERROR, signature=None),
            Change(kind=Kind.REPLACED, entry=ENTRY, old=SAID, new="TypeError: no such"),
        ),
    ],
)
def test_error(old: dict[str, Any], new: dict[str, Any], expected: Change) -> None:
    """An error that appears, vanishes or gives way is one change; its claims are not spoken of."""
    assert [expected] == _changes(_with(repro=old), _with(repro=new))


def test_other_wording() -> None:
    """Another line that matched is another wording; lines around it are not."""
    sought = "Trying to backward through the graph a second time"
    old, same, new = (
        {**BACKWARD_TWICE[CONTROL], "message": lines}
        for lines in (
            ("In step 1", f"{sought}, but freed"),
            ("In step 2", f"{sought}, but freed"),
            (f"addmm: {sought}",),
        )
    )
    expected = Change(
        kind=Kind.REWORDED,
        entry=ENTRY,
        old=f"RuntimeError: {sought}, but freed",
        new=f"RuntimeError: addmm: {sought}",
    )

    assert [] == _changes(_with(repro=old), _with(repro=same))
    assert [expected] == _changes(_with(repro=old), _with(repro=new))


def test_fixes_and_dead_ends() -> None:
    """A claim that is verified on one side only started or stopped."""
    broken = _with(fix_sum_losses=raised("x"), nofix_no_change=passed())
    started = [(c.kind, c.claim) for c in _changes(broken, BACKWARD_TWICE)]
    stopped = [(c.kind, c.claim) for c in _changes(BACKWARD_TWICE, broken)]

    assert [
        (Kind.FIX_STARTED, "fix_sum_losses"),
        (Kind.DEAD_END_STARTED, "nofix_no_change"),
    ] == started
    assert [
        (Kind.FIX_STOPPED, "fix_sum_losses"),
        (Kind.DEAD_END_STOPPED, "nofix_no_change"),
    ] == stopped


def test_dead_end_that_ends_otherwise() -> None:
    """Only a dead end that ends in another error has a wording of its own to speak of."""
    other = raised("moved: in-place", outcome=Outcome.OTHER_ERROR, expected=True, signature=None)
    (change,) = _changes(BACKWARD_TWICE, _with(nofix_retain_graph=other))

    assert (Kind.DEAD_END_REWORDED, "nofix_retain_graph") == (change.kind, change.claim)
    assert "RuntimeError: moved: in-place" == change.new


def test_what_was_not_run_has_no_changes() -> None:
    """Without a fresh run on both sides nothing is said, neither of the error nor of a claim."""
    lacking = {name: cell for name, cell in BACKWARD_TWICE.items() if name != "fix_sum_losses"}

    assert [] == _changes(None, BACKWARD_TWICE)
    assert [] == _changes(BACKWARD_TWICE, lacking)


def test_releases_in_order_and_once() -> None:
    """Releases are ordered as versions; the environment with more runs stands for its release."""
    twin = OLD.model_copy(update={"python": "3.11.9"})
    standing = _standing(BACKWARD_TWICE, None, OLD, twin)
    newer = _standing(BACKWARD_TWICE, BACKWARD_TWICE, environment("2.10.0"), environment("2.9.1"))

    assert [OLD.name] == History(standing).releases
    assert ["2.9.1", "2.10.0"] == [
        newer.environments[name].torch for name in History(newer).releases
    ]


@pytest.mark.parametrize(
    ("build", "found", "expected"),
    [
        ("cu130", (False, True), [Kind.TEXT_APPEARED]),
        ("cu130", (True, False), [Kind.TEXT_VANISHED]),
        ("cu130", (True, True), []),
        ("cu130", (False, False), []),
        ("cpu", (False, True), []),
    ],
)
def test_texts_of_what_cannot_run(
    build: str, found: tuple[bool, bool], expected: list[Kind]
) -> None:
    """Of a GPU error only the text in the files is known, and a CPU build does not hold it."""
    the_house = house()
    entry = the_house.entries[ENTRY]
    needs = entry.facts.requires.model_copy(update={"capabilities": ("cuda",)})
    gpu = entry.model_copy(update={"facts": entry.facts.model_copy(update={"requires": needs})})
    text = "Trying to backward through the graph a second time"
    places = [place.model_copy(update={"build": build}) for place in (OLD, NEW)]
    idle = {name: {"outcome": Outcome.NOT_APPLICABLE} for name in gpu.cells}
    records = [
        record(gpu, place, idle).model_copy(update={"literals": {text: holds}})
        for place, holds in zip(places, found, strict=True)
    ]
    store = Store(
        environments={place.name: place for place in places},
        records={(r.entry, r.environment): r for r in records},
    )
    standing = stand(the_house.model_copy(update={"entries": {ENTRY: gpu}}), store)
    (step,) = History(standing).steps

    assert expected == [change.kind for change in step.changes]
    assert 0 == step.measured
