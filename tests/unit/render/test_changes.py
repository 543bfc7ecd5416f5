"""The version table, the pages of releases, the matrix page, and the chooser's data."""

from __future__ import annotations

from typing import Any

import pytest
from small_house import BACKWARD_TWICE, environment, house, passed, raised, record

from provenfix.history import History
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.model import CONTROL
from provenfix.records import Outcome, Store
from provenfix.render import changes, figures, matrix_page
from provenfix.render.error_page import ErrorPageBuilder
from provenfix.render.matrix_page import Mark
from provenfix.render.paged import pagers
from provenfix.render.views import MatrixPage
from provenfix.standing import Standing, stand

ENTRY = "backward-twice"
IDLE = {"outcome": Outcome.NOT_APPLICABLE, "reason": "needs cuda"}


def _matrix(standing: Standing) -> MatrixPage:
    """The matrix as one page."""
    entries, (pager,) = list(standing.entries.values()), pagers("matrix", 1)
    return matrix_page.page(History(standing), entries, pager, labels("en"))


def _standing(observed: dict[str, dict[str, Any]], **more: Any) -> Standing:
    """The small house with one entry observed on versions."""
    the_house = house()
    records = []
    for version, cells in observed.items():
        found = record(the_house.entries[ENTRY], environment(version), cells)
        records.append(found.model_copy(update=more))
    environments = {environment(v).name: environment(v) for v in observed}
    keyed = {(r.entry, r.environment): r for r in records}
    return stand(the_house, Store(environments=environments, records=keyed))


REWORDED = {**BACKWARD_TWICE, CONTROL: raised("Trying to backward through the graph a second time")}
STEADY = {"2.4.1": BACKWARD_TWICE, "2.5.1": BACKWARD_TWICE, "2.6.0": BACKWARD_TWICE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_that_agree_are_folded(language: Language) -> None:
    """Neighbours that agree are one row; a change of wording begins another."""
    standing = _standing({**STEADY, "2.7.1": REWORDED})
    view = ErrorPageBuilder(house(), standing, standing.entries[ENTRY], labels(language)).build()

    assert ["2.7.1", "2.4.1–2.6.0"] == [row.versions for row in view.versions]
    assert [labels(language)("change.reworded")] == [change.sentence for change in view.changes]
    assert ["../releases/pytorch-2-7-1.md"] == [change.page for change in view.changes]


def test_rows_that_differ_in_between_are_not() -> None:
    """A range never spans a version that behaves otherwise."""
    standing = _standing({**STEADY, "2.5.1": {**BACKWARD_TWICE, CONTROL: passed()}})
    view = ErrorPageBuilder(house(), standing, standing.entries[ENTRY], labels("en")).build()

    assert ["2.6.0", "2.5.1", "2.4.1"] == [row.versions for row in view.versions]
    assert ["2.6.0", "2.5.1"] == [change.version for change in view.changes]


def test_versions_not_run_are_passed_over() -> None:
    """A change is found across a release in which the error was not run."""
    standing = _standing({"2.4.1": BACKWARD_TWICE, "2.5.1": {}, "2.6.0": REWORDED})
    found = changes.of_entry(standing.entries[ENTRY], History(standing), labels("en"))

    assert ["2.6.0"] == [change.version for change in found]


def test_release_page() -> None:
    """A release names its neighbours, what was measured, and each change in its section."""
    standing = _standing({"2.4.1": BACKWARD_TWICE, "2.5.1": REWORDED, "2.6.0": REWORDED})
    first, second = History(standing).steps
    page = changes.release(first, None, second, standing, labels("en"))
    after = changes.release(second, first, None, standing, labels("en"))

    assert ("2.5.1", "2.4.1", "2.6.0", 1) == (page.version, page.before, page.after, page.measured)
    assert ("", "releases/pytorch-2-6-0") == (page.before_page, page.after_page)
    assert ["errors-reworded"] == [section.slug for section in page.sections]
    assert "releases/pytorch-2-5-1" == after.before_page
    assert () == after.sections


def test_list_of_releases() -> None:
    """The newest release comes first, with the number of changes of each kind."""
    standing = _standing({"2.4.1": BACKWARD_TWICE, "2.5.1": REWORDED, "2.6.0": REWORDED})
    view = changes.upgrade(History(standing), labels("en"))

    assert [("2.6.0", 0), ("2.5.1", 1)] == [(row.version, sum(row.counts)) for row in view.rows]
    assert ("2.4.1", "2.5.1", "2.6.0") == view.versions


@pytest.mark.parametrize(
    ("cells", "literals", "expected"),
    [
        (BACKWARD_TWICE, {}, Mark.FAILED),
        ({**BACKWARD_TWICE, "fix_zero_grad": passed()}, {}, Mark.PROVEN),
        ({**BACKWARD_TWICE, "fix_zero_grad": passed(), CONTROL: passed()}, {}, Mark.FAILED),
        (dict.fromkeys(BACKWARD_TWICE, passed()), {}, Mark.NO_ERROR),
        ({CONTROL: BACKWARD_TWICE[CONTROL]}, {}, Mark.OPEN),
        ({}, {}, Mark.OPEN),
        (dict.fromkeys(BACKWARD_TWICE, IDLE), {}, Mark.NOT_RUN),
        (dict.fromkeys(BACKWARD_TWICE, IDLE), {"a text": True, "other": False}, Mark.PRESENT),
        (dict.fromkeys(BACKWARD_TWICE, IDLE), {"a text": False}, Mark.NOT_RUN),
    ],
)
def test_marks(cells: dict[str, Any], literals: dict[str, bool], expected: Mark) -> None:
    """Every state of an entry in an environment has its own mark."""
    standing = _standing({"2.6.0": cells}, literals=literals)

    assert expected == matrix_page.mark_of(
        standing.entries[ENTRY], History(standing), environment("2.6.0").name
    )


def test_absent_where_another_release_has_it() -> None:
    """A text that some release holds is absent from one that does not."""
    the_house = house()
    idle = dict.fromkeys(BACKWARD_TWICE, IDLE)
    places = environment("2.5.1"), environment("2.6.0")
    records = [
        record(the_house.entries[ENTRY], place, idle).model_copy(update={"literals": {"a": has}})
        for place, has in zip(places, (False, True), strict=True)
    ]
    standing = stand(
        the_house,
        Store(
            environments={place.name: place for place in places},
            records={(r.entry, r.environment): r for r in records},
        ),
    )
    view = _matrix(standing)
    (row,) = (row for row in view.rows if row.slug == ENTRY)

    assert [Mark.PRESENT, Mark.ABSENT] == [cell.mark for cell in row.cells]
    assert "present in this release, not run" == row.cells[0].words


def test_numbers_of_the_matrix_are_counted() -> None:
    """A cell counts the claims that were verified there, and says so in words."""
    standing = _standing({"2.6.0": {**BACKWARD_TWICE, "fix_zero_grad": passed()}})
    view = _matrix(standing)
    (row,) = (row for row in view.rows if row.slug == ENTRY)
    (cell,) = row.cells

    assert str(len(standing.entries[ENTRY].claims)) == cell.number
    assert f"error reproduced, claims verified: {cell.number}" == cell.words
    assert {mark for mark, _ in view.legend} == {c.mark for r in view.rows for c in r.cells}


def test_environments_without_the_error_do_not_count() -> None:
    """A fix is proven in N of the M environments that raise the error; running is no proof."""
    quiet = {name: passed() for name in BACKWARD_TWICE}
    standing = _standing({"2.5.1": quiet, "2.6.0": BACKWARD_TWICE})
    claim = standing.entries[ENTRY].claims["fix_sum_losses"]

    assert "in 1 of 1 environments, PyTorch 2.6.0" == figures.proven(claim, standing, labels("en"))
