"""What is published, what waits, what is withheld, over several environments."""

from __future__ import annotations

from typing import Any

import pytest

from provenfix.model import CONTROL, PROTOCOL, Entry, Facts, Script
from provenfix.records import Cell, Environment, Outcome, Record, Store
from provenfix.standing import EntryStanding, stand
from provenfix.standing_json import summary
from provenfix.verdict import Verdict
from provenfix.vocabulary import House

P, R, N = Outcome.PASSED, Outcome.RAISED, Outcome.NOT_APPLICABLE


def _environment(torch: str, *capabilities: str) -> Environment:
    return Environment(
        device="cpu",
        python="3.11.7",
        torch=torch,
        build="cpu",
        numpy=None,
        setuptools=None,
        system="Linux x86_64",
        capabilities=capabilities,
        gpu=None,
    )


OLD, NEW = _environment("2.9.1"), _environment("2.10.0")


def _entry(**changes: Any) -> Entry:
    content = {
        "group": "g",
        "signatures": [{"exception": "RuntimeError", "pattern": "long enough"}],
        "claims": {"fix_a": {"claim": "fixes"}, "nofix_b": {"claim": "same_error"}},
        "references": ["https://example.org/"],
        **changes,
    }
    scripts = {n: Script(name=n, data=n.encode()) for n in (CONTROL, "fix_a", "nofix_b")}
    facts = Facts.model_validate(content)
    return Entry.model_construct(slug="one", facts=facts, scripts=scripts)


def _stand(
    entry: Entry, observed: dict[Environment, tuple[Outcome, ...]], *, stale: str = ""
) -> EntryStanding:
    """Where the entry stands if repro, fix_a and nofix_b did that in those environments."""
    records = {}
    for environment, outcomes in observed.items():
        cells = {
            name: Cell(
                inputs="f" * 64 if name == stale else entry.inputs[name], outcome=o, asserts=1
            )
            for name, o in zip(entry.cells, outcomes, strict=False)
        }
        records["one", environment.name] = Record(
            entry="one", environment=environment.name, protocol=PROTOCOL, cells=cells
        )
    house = House.model_construct(entries={"one": entry})
    names = {environment.name: environment for environment in (OLD, NEW)}
    return stand(house, Store(environments=names, records=records)).entries["one"]


def test_verified_everywhere_is_published() -> None:
    """Repro raised, fix verified: the entry has a page with both claims."""
    one = _stand(_entry(), {OLD: (R, P, R), NEW: (R, P, R)})

    assert one.published
    assert (["fix_a"], ["nofix_b"]) == (
        [c.name for c in one.fixes],
        [c.name for c in one.dead_ends],
    )
    assert (OLD.name, NEW.name) == one.claims["fix_a"].proven_in


def test_environments_are_ordered_by_version() -> None:
    """2.10 is newer than 2.9."""
    one = _stand(_entry(), {NEW: (R, P, R), OLD: (R, P, R)})

    assert [OLD.name, NEW.name] == list(one.control)


@pytest.mark.parametrize(
    ("outcome", "reason"), [(R, "refuted"), (Outcome.OTHER_ERROR, "broken_differently")]
)
def test_one_failure_withholds_a_claim_everywhere(outcome: Outcome, reason: str) -> None:
    """A fix that failed in one environment is shown in none, and says where it failed."""
    one = _stand(_entry(), {OLD: (R, P, R), NEW: (R, outcome, R)})
    (claim,) = one.withheld

    assert ("fix_a", reason, (NEW.name,)) == (
        claim.name,
        claim.withheld and claim.withheld.code,
        claim.withheld and claim.withheld.names,
    )
    assert one.waiting
    assert "no_verified_fix" == one.waiting.code


def test_range_keeps_a_failure_out() -> None:
    """Where a claim does not apply, it cannot fail."""
    entry = _entry(
        claims={
            "fix_a": {"claim": "fixes", "requires": {"torch": "<2.10"}},
            "nofix_b": {"claim": "same_error"},
        }
    )
    one = _stand(entry, {OLD: (R, P, R), NEW: (R, N, R)})

    assert one.claims["fix_a"].shown
    assert (OLD.name,) == one.claims["fix_a"].tested_in


def test_fix_merely_runs_where_the_repro_passes() -> None:
    """An environment without the error neither proves nor withholds."""
    one = _stand(_entry(), {OLD: (R, P, R), NEW: (P, P, P)})

    assert one.published
    assert Verdict.RUNS is one.claims["fix_a"].verdicts[NEW.name]


def test_never_reproduced_waits() -> None:
    """Without one run in which the repro raised there is no page."""
    one = _stand(_entry(), {OLD: (P, P, P), NEW: (Outcome.OTHER_ERROR, P, P)})

    assert one.waiting
    assert "not_reproduced" == one.waiting.code


def test_hardware_that_nobody_has_is_named() -> None:
    """An entry whose requirement no environment meets waits for it by name."""
    one = _stand(_entry(requires=["cuda"]), {OLD: (N, N, N)})

    assert one.waiting
    assert ("needs", ("cuda",)) == (one.waiting.code, one.waiting.names)
    assert () == one.withheld


@pytest.mark.parametrize(("stale", "code"), [(CONTROL, "stale"), ("fix_a", "no_verified_fix")])
def test_stale_evidence_counts_as_nothing(stale: str, code: str) -> None:
    """A record of other content neither reproduces nor verifies."""
    one = _stand(_entry(), {OLD: (R, P, R)}, stale=stale)

    assert one.waiting
    assert code == one.waiting.code


def test_nothing_recorded() -> None:
    """An entry that nobody ran waits to be run."""
    one = _stand(_entry(), {})

    assert one.waiting
    assert "untested" == one.waiting.code


def test_summary_has_what_machines_read() -> None:
    """The JSON of `status` has its documented keys."""
    house = House.model_construct(entries={"one": _entry()})
    content = summary(stand(house, Store(environments={}, records={})))

    assert {
        "entries": 1,
        "published": [],
        "waiting": {"one": "it was not run yet"},
        "withheld": [],
        "claims": {"untested": 2},
        "environments": [],
        "by_environment": {},
    } == content
