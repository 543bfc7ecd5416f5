"""What a claim may say, and what its evidence is bound to."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from provenfix.claims import Claim, Surroundings
from provenfix.model import Entry, Facts, Script

COMMAND = "torchrun --nproc-per-node 2 {script}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, "must have one of 'env', 'packages', 'command', 'shm_mb'"),
        ({"command": "torchrun repro.py"}, "must be plain words, one of them {script}"),
        ({"command": "{script}"}, "must be plain words, one of them {script}"),
        ({"command": "sh -c 'rm x' {script}"}, "must be plain words, one of them {script}"),
        ({"command": "python {script} | tee log"}, "must be plain words, one of them {script}"),
        ({"packages": {"numpy": "2.0"}}, "must be a version range"),
        ({"packages": {"../x": "<2"}}, "should match pattern"),
        ({"shm_mb": 0}, "greater than or equal to 1"),
    ],
)
def test_surroundings_that_are_refused(content: dict[str, Any], message: str) -> None:
    """What cannot be run is said so when it is read."""
    with pytest.raises(ValidationError) as caught:
        Surroundings.model_validate(content)

    assert message in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        {"claim": "diagnoses"},
        {"claim": "diagnoses", "runs": "repro", "cause": "a"},
        {"claim": "fixes", "fix": "fix_a"},
        {"claim": "same_error", "runs": "repro", "cause": "a", "fix": "fix_a"},
    ],
)
def test_keys_of_a_diagnosis(content: dict[str, Any]) -> None:
    """All three belong to a diagnosis, and to nothing else."""
    with pytest.raises(ValidationError) as caught:
        Claim.model_validate(content)

    assert "must have 'runs', 'cause' and 'fix' if, and only if" in str(caught.value)


def _entry(facts: dict[str, Any], **scripts: str) -> Entry:
    content = {
        "group": "g",
        "signatures": [{"exception": "E", "pattern": "exactly this"}],
        "references": ["https://example.org/"],
        **facts,
    }
    programs = {"repro": "raise E", **scripts}
    return Entry.model_construct(
        slug="one",
        facts=Facts.model_validate(content),
        scripts={name: Script(name=name, data=text.encode()) for name, text in programs.items()},
    )


def test_claims_surroundings_come_on_top() -> None:
    """A claim has the entry's surroundings, but for what it changes itself."""
    entry = _entry(
        {
            "with": {"env": {"A": "1", "B": "1"}, "shm_mb": 64, "command": COMMAND},
            "claims": {
                "fix_a": {"claim": "fixes", "with": {"env": {"B": "2"}, "shm_mb": 512}},
                "fix_b": {"claim": "fixes"},
            },
        }
    )
    outer = entry.facts.surroundings

    assert Surroundings(env={"A": "1", "B": "2"}, shm_mb=512, command=COMMAND) == (
        entry.surroundings_of("fix_a")
    )
    assert (outer, outer) == (entry.surroundings_of("fix_b"), entry.surroundings_of("repro"))


def test_evidence_is_bound_to_surroundings_and_to_the_program_of_a_cause() -> None:
    """Changing one of them makes just the cells stale that it concerns."""
    claims = {
        "fix_a": {"claim": "fixes", "with": {"shm_mb": 64}},
        "diagnose_b": {"claim": "diagnoses", "runs": "cause_b", "cause": "b", "fix": "fix_a"},
    }
    scripts = {"fix_a": "x", "diagnose": "y", "cause_b": "z"}
    entry = _entry({"claims": claims}, **scripts)
    wider = _entry(
        {"claims": {**claims, "fix_a": {**claims["fix_a"], "with": {"shm_mb": 65}}}}, **scripts
    )
    other = _entry({"claims": claims}, **{**scripts, "cause_b": "another"})
    around = _entry({"claims": claims, "with": {"command": COMMAND}}, **scripts)

    def changed(than: Entry) -> set[str]:
        return {name for name in entry.inputs if entry.inputs[name] != than.inputs[name]}

    assert {"fix_a"} == changed(wider)
    assert {"diagnose_b"} == changed(other)
    assert {"repro", "fix_a", "diagnose_b"} == changed(around)


def test_a_fix_changes_the_program_that_has_its_cause() -> None:
    """The diff of a fix starts from the repro, unless it cures another cause only."""
    claims = {
        "fix_a": {"claim": "fixes"},
        "fix_b": {"claim": "fixes"},
        "fix_c": {"claim": "fixes"},
        "diagnose_a": {"claim": "diagnoses", "runs": "repro", "cause": "a", "fix": "fix_a"},
        "diagnose_b": {"claim": "diagnoses", "runs": "cause_b", "cause": "b", "fix": "fix_b"},
    }
    entry = _entry({"claims": claims})

    assert ["repro", "cause_b", "repro"] == [entry.base_of(f"fix_{name}") for name in "abc"]
