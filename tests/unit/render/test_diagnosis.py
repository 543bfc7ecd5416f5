"""What a page says of diagnose.py, on an entry of the repository that has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenfix import evidence
from provenfix.labels import labels
from provenfix.load import load
from provenfix.records import Cell, Store
from provenfix.render.error_page import ErrorPageBuilder
from provenfix.render.views import ErrorPage
from provenfix.standing import stand
from provenfix.vocabulary import House

ROOT = Path(__file__).parents[3]
SLUG = "element-0-no-grad"


@pytest.fixture(scope="module")
def house() -> House:
    """The repository with that entry alone."""
    return load(ROOT, [SLUG]).house()


@pytest.fixture(scope="module")
def store(house: House) -> Store:
    """Its evidence."""
    entries = {SLUG: house.entries[SLUG].cells}
    found, problems = evidence.read(ROOT, entries, load(ROOT, [SLUG]).folders - {SLUG})
    assert [] == problems
    return found


def _page(house: House, store: Store, language: str) -> ErrorPage:
    standing = stand(house, store)
    return ErrorPageBuilder(house, standing, standing.entries[SLUG], labels(language)).build()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_causes_lead_to_their_fixes(house: House, store: Store, language: str) -> None:
    """Each cause shows what diagnose.py printed for it, and leads to a fix that is on the page."""
    page = _page(house, store, language)
    claims = house.entries[SLUG].facts.claims
    wanted = [(c.cause, c.fix) for c in claims.values() if c.is_diagnosis]

    assert page.diagnosis
    assert "diagnose.py" == page.diagnosis.program.name
    assert wanted == [
        tuple(line.split(": ")[1] for line in cause.printed.splitlines()[-2:])
        for cause in page.diagnosis.causes
    ]
    assert {cause.fix.target for cause in page.diagnosis.causes} <= {f.anchor for f in page.fixes}
    assert [None, "cause_no_grad.py", "cause_rebuilt.py"] == [
        cause.program and cause.program.name for cause in page.diagnosis.causes
    ]


def test_wrong_about_one_cause(house: House, store: Store) -> None:
    """A program that was wrong about one cause is not shown at all, and is reported."""

    def wrong(name: str, cell: Cell) -> Cell:
        said = ("cause: frozen", "fix: fix_new_head")
        return cell.model_copy(update={"stdout": said}) if name == "diagnose_rebuilt" else cell

    records = {
        key: record.model_copy(
            update={"cells": {name: wrong(name, cell) for name, cell in record.cells.items()}}
        )
        for key, record in store.records.items()
    }
    refuted = store.model_copy(update={"records": records})
    page = _page(house, refuted, "en")

    assert page.diagnosis is None
    assert ["diagnose-rebuilt"] == [claim.anchor for claim in page.unconfirmed]


def test_diagnoses_are_neither_fixes_nor_dead_ends(house: House, store: Store) -> None:
    """They stand in a list of their own."""
    page = _page(house, store, "en")
    names = {claim.anchor for claim in (*page.fixes, *page.dead_ends)}

    assert page.dead_ends
    assert not any(name.startswith("diagnose") for name in names)
