"""The strips and the chooser say what the evidence holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from small_house import (
    BACKWARD_TWICE,
    MESSAGE,
    environment,
    house,
    passed,
    raised,
    record,
)

from provenfix.labels import labels
from provenfix.model import CONTROL
from provenfix.records import Environment, Gpu, Outcome, Store
from provenfix.render import measured
from provenfix.render.measured import Mark
from provenfix.standing import Standing, stand

EN, ZH = labels("en"), labels("zh")
GPU = Gpu(name="H200", capability="9.0", driver="1", cuda_runtime="13.0", count=1)


def _standing(*observed: tuple[Environment, dict[str, dict[str, Any]]]) -> Standing:
    the_house = house()
    entry = the_house.entries["backward-twice"]
    records = [record(entry, where, cells) for where, cells in observed]
    environments = {where.name: where for where, _ in observed}
    store = Store(environments=environments, records={(r.entry, r.environment): r for r in records})
    return stand(the_house, store)


def _marks(standing: Standing, claim: str) -> list[Mark]:
    entry = standing.entries["backward-twice"]
    strip = measured.of_claim(entry.claims[claim], entry, standing, EN)
    return [tick.mark for tick in strip.ticks]


UNFIT = {"outcome": Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("claim", "changes", "expected"),
    [
        ("fix_sum_losses", {}, Mark.VERIFIED),
        ("nofix_detach", {}, Mark.CONFIRMED),
        ("fix_zero_grad", {}, Mark.REFUTED),
        ("fix_sum_losses", {CONTROL: passed()}, Mark.NO_ERROR),
        ("fix_sum_losses", {CONTROL: raised("x", outcome=Outcome.OTHER_ERROR)}, Mark.NO_ERROR),
        ("fix_sum_losses", {"fix_sum_losses": UNFIT}, Mark.UNFIT),
        ("fix_sum_losses", {CONTROL: UNFIT, "fix_sum_losses": UNFIT}, Mark.NOT_RUN),
        ("fix_fresh_graph", {"fix_fresh_graph": raised(MESSAGE)}, Mark.REFUTED),
    ],
)
def test_marks_of_claims(claim: str, changes: dict[str, Any], expected: Mark) -> None:
    """A tick says what the environment proves of a claim, and where there was nothing to prove."""
    standing = _standing((environment("2.6.0"), BACKWARD_TWICE | changes))

    assert [expected] == _marks(standing, claim)


def test_claim_without_a_record_is_not_run() -> None:
    """A claim that was not run somewhere has a tick there all the same."""
    without = {name: cell for name, cell in BACKWARD_TWICE.items() if name != "fix_recompute"}
    standing = _standing((environment("2.6.0"), without), (environment("2.13.0"), BACKWARD_TWICE))

    assert [Mark.NOT_RUN, Mark.VERIFIED] == _marks(standing, "fix_recompute")


def test_strip_of_the_error() -> None:
    """The ticks go from the oldest release to the newest, each with its release in words."""
    other = raised("x", outcome=Outcome.OTHER_ERROR)
    standing = _standing(
        (environment("2.13.0"), BACKWARD_TWICE),
        (environment("1.13.1"), BACKWARD_TWICE | {CONTROL: passed()}),
        (environment("2.6.0"), BACKWARD_TWICE | {CONTROL: other}),
    )
    strip = measured.of_error(standing.entries["backward-twice"], standing, EN)

    assert [Mark.NO_ERROR, Mark.OTHER, Mark.RAISED] == [tick.mark for tick in strip.ticks]
    assert "PyTorch 1.13.1, CPU: no error there" == strip.ticks[0].title
    assert (
        "Measured, oldest release first. "
        "error raised: 2.13.0. ended otherwise: 2.6.0. no error there: 1.13.1." == strip.words
    )


def test_gpu_has_a_tick_of_its_own() -> None:
    """A GPU environment is told from the CPU one of the same release."""
    gpu = environment("2.13.0").model_copy(update={"device": "gpu", "gpu": GPU})
    standing = _standing((gpu, BACKWARD_TWICE), (environment("2.13.0"), BACKWARD_TWICE))
    ticks = measured.of_error(standing.entries["backward-twice"], standing, ZH).ticks

    assert [False, True] == [tick.gpu for tick in ticks]
    assert "PyTorch 2.13.0，H200：出现该错误" == ticks[1].title
    assert ("2.13.0",) == measured.chooser(standing, ZH).releases


def test_seen_counts_what_was_run() -> None:
    """An environment that could not run the repro does not count."""
    standing = _standing(
        (environment("1.13.1"), BACKWARD_TWICE | {CONTROL: UNFIT}),
        (environment("2.6.0"), BACKWARD_TWICE | {CONTROL: passed()}),
        (environment("2.13.0"), BACKWARD_TWICE),
    )
    entry = standing.entries["backward-twice"]

    assert "in 1 of 2 environments, PyTorch 2.13.0" == measured.seen(entry, standing, EN)


def test_chooser_has_a_sentence_for_every_mark() -> None:
    """Releases come the newest first, and no tick is without words in either language."""
    versions = ("2.9.1", "2.10.0", "1.13.1")
    standing = _standing(*((environment(version), BACKWARD_TWICE) for version in versions))
    for say in (EN, ZH):
        chooser = measured.chooser(standing, say)
        words = json.loads(chooser.words)
        seen = {Mark.RAISED, Mark.OTHER, Mark.NO_ERROR, Mark.NOT_RUN}

        assert ("2.10.0", "2.9.1", "1.13.1") == chooser.releases
        assert {mark.value for mark in Mark} == words["mark"].keys() | words["badge"].keys()
        assert {mark.value for mark in seen} == words["badge"].keys()
        assert words["badge"].keys() < words["says"].keys()
