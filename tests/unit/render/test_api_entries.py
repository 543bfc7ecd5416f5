"""An entry's document in /api/v1/: what the evidence proves, claim by claim."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from small_house import environment, house
from small_house import standing as where_it_stands

from provenfix.render import api
from provenfix.render.site import LOCAL
from provenfix.verdict import Observed, Verdict


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The API of the small house."""
    the_house = house()
    return api.documents(the_house, where_it_stands(the_house), LOCAL)


@pytest.fixture(scope="module")
def entry(files: dict[str, str]) -> Any:
    """The document of the small house's published entry."""
    return json.loads(files["api/v1/entries/backward-twice.json"])


def _claim(entry: Any, name: str) -> Any:
    return next(claim for claim in entry["claims"] if claim["id"] == name)


def test_verdicts_of_a_claim(entry: Any) -> None:
    """A fix that one environment verified and the other did not run says so for each."""
    claim = _claim(entry, "fix_recompute")
    old, new = (environment(version).name for version in ("2.6.0", "2.13.0"))

    assert {old: "untested", new: "verified"} == {
        found["environment"]: found["verdict"] for found in claim["verdicts"]
    }
    assert ([new], [new], ["2.13.0"]) == tuple(
        claim[key] for key in ("verified_in", "tested_in", "verified_on")
    )


def test_refuted_claim_is_withheld_with_its_reason(entry: Any) -> None:
    """A refuted claim is there, is not shown, and says why in both languages."""
    claim = _claim(entry, "fix_zero_grad")
    names = [environment(version).name for version in ("2.6.0", "2.13.0")]

    assert (False, "refuted", "fix-zero-grad") == tuple(
        claim[key] for key in ("shown", "verdict", "anchor")
    )
    assert ("refuted", names) == (claim["withheld"]["code"], claim["withheld"]["names"])
    assert f"a run refuted it in {names[0]}, {names[1]}" == claim["withheld"]["text"]["en"]
    assert re.search("[\u4e00-\u9fff]", claim["withheld"]["text"]["zh"])
    assert claim["sample"]["message"].startswith("Trying to backward")


def test_waiting_entry_is_told_with_what_it_waits_for(files: dict[str, str]) -> None:
    """An entry without a page is in the API all the same, with its claims unproven."""
    waiting = json.loads(files["api/v1/entries/fork-cuda-reinit.json"])

    assert ("waiting", "needs", ["cuda"]) == (
        waiting["state"],
        waiting["waiting"]["code"],
        waiting["waiting"]["names"],
    )
    assert [(False, "untested", None)] == [
        (claim["shown"], claim["verdict"], claim["anchor"]) for claim in waiting["claims"]
    ]


def test_stale_chinese_is_marked(entry: Any) -> None:
    """The one Chinese text of the fixture that translates an older English one says so."""
    texts = [entry["title"], entry["summary"], entry["cause"]]
    for claim in entry["claims"]:
        texts += [text for text in (claim["title"], claim["text"], claim["cost"]) if text]

    assert 1 == sum(text["zh_stale"] for text in texts)


def test_programs_are_whole(entry: Any) -> None:
    """Every script is there byte for byte, the repro first; every claim names one of them."""
    scripts = house().entries["backward-twice"].scripts
    programs = {program["file"]: program["source"] for program in entry["programs"]}

    assert {f"{name}.py": script.text for name, script in scripts.items()} == programs
    assert "repro.py" == next(iter(programs))
    assert {claim["program"] for claim in entry["claims"]} <= programs.keys()


def test_surroundings_and_measures(entry: Any) -> None:
    """A claim that changes the surroundings has its command; one with a cost has its figures."""
    fresh, costly = _claim(entry, "fix_fresh_graph"), _claim(entry, "nofix_every_step")

    assert ("TORCH_FRESH_GRAPH=1 python repro.py", None) == (fresh["command"], fresh["diff"])
    assert [{"steps_ratio": 4.0}] * 2 == [v["ran"]["measures"] for v in costly["verdicts"]]


def test_stale_run_tells_nothing() -> None:
    """A run of an older content has no outcome, and its claim is stale."""
    the_house = house()
    observed = where_it_stands(the_house)
    entry = observed.entries["backward-twice"]
    claim = entry.claims["fix_sum_losses"]
    name = environment("2.13.0").name
    run = claim.runs[name]
    claim.runs[name] = Observed(run.cell, fresh=False)
    claim.verdicts[name] = Verdict.STALE
    files = api.documents(the_house, observed, LOCAL)
    found = _claim(json.loads(files["api/v1/entries/backward-twice.json"]), "fix_sum_losses")

    assert [{"outcome": None, "runs": None, "differing": None, "measures": {}}] == [
        v["ran"] for v in found["verdicts"] if v["verdict"] == "stale"
    ]
