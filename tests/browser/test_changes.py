"""The chooser of releases and the filter of the matrix."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from provenfix import evidence
from provenfix.history import History, Step
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.load import load
from provenfix.render import changes
from provenfix.standing import Standing, stand
from provenfix.states import compare, ran

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> Standing:
    """Where the repository's own entries stand."""
    store, problems = evidence.read(ROOT)
    assert [] == problems
    return stand(load(ROOT).house(), store)


def _shown(page: Page) -> list[tuple[str, list[str]]]:
    """The sections on the page, with their lines."""
    found = page.evaluate(
        """() => [...document.querySelectorAll("#pf-changes h3")].map(heading =>
             [heading.textContent, [...heading.nextElementSibling.children].map(item => {
               const copy = item.cloneNode(true);
               copy.querySelectorAll("br").forEach(br => br.replaceWith(" "));
               return copy.textContent.replace(" → ", " ");
             })])"""
    )
    return [(title, lines) for title, lines in found]


def _step(history: History, old: str, new: str) -> Step:
    """The changes between any two environments; pages have those of neighbours."""
    known = history.standing
    states = [(e, history.state(e, old), history.state(e, new)) for e in known.entries.values()]
    return Step(
        old=known.environments[old],
        new=known.environments[new],
        changes=tuple(change for three in states for change in compare(*three)),
        measured=sum(ran(before) and ran(after) for _, before, after in states),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_chooser_agrees_with_the_pages(
    page: Page, site: str, real: Standing, language: Language
) -> None:
    """Whatever two releases are compared, the browser says what the pages of releases say."""
    say = labels(language)
    data = changes.data(History(real), say)
    page.route("**/api/upgrade-*.json", lambda route: route.fulfill(body=data))
    page.goto(f"{site}{'' if language == 'en' else 'zh/'}releases/")
    history = History(real)
    names = history.releases
    versions = [real.environments[name].torch for name in names]
    page.evaluate(
        """versions => document.querySelectorAll(".pf-upgrade select").forEach(select =>
             select.replaceChildren(...versions.map(version => new Option(version))))""",
        versions,
    )
    pairs = [*pairwise(names), (names[0], names[-1]), (names[-1], names[0]), (names[2], names[9])]
    for old, new in pairs:
        step = _step(history, old, new)
        page.select_option("#pf-from", step.old.torch)
        page.select_option("#pf-to", step.new.torch)
        page.click(".pf-upgrade button")
        page.wait_for_function(
            "text => document.querySelector('#pf-changes p')?.textContent === text",
            arg=say("changes.measured", count=step.measured),
        )
        expected = [
            (title, [line.replace("`", "") for line in lines])
            for title, lines in changes.sections(real, step, say)
        ]

        assert expected == [
            (title, [line.replace("`", "") for line in lines]) for title, lines in _shown(page)
        ]


def test_address_of_a_comparison(page: Page, site: str) -> None:
    """A comparison has an address that can be sent to somebody."""
    page.goto(f"{site}releases/?from=2.6.0&to=2.13.0")
    page.wait_for_selector("#pf-changes p")

    assert "2.6.0" == page.input_value("#pf-from")
    assert "2.13.0" == page.input_value("#pf-to")


def test_same_version_twice(page: Page, site: str) -> None:
    """Comparing a release with itself says what to do."""
    page.goto(f"{site}zh/releases/?from=2.6.0&to=2.6.0")
    page.wait_for_selector("#pf-changes p")

    assert labels("zh")("changes.same") == page.inner_text("#pf-changes p")


def test_data_that_cannot_be_loaded(page: Page, site: str) -> None:
    """Without its data the chooser points to the table, and a second try is possible."""
    page.route("**/api/upgrade-*.json", lambda route: route.fulfill(status=500))
    page.goto(f"{site}releases/?from=2.6.0&to=2.13.0")
    page.wait_for_selector("#pf-changes p")
    failed = page.inner_text("#pf-changes p")
    page.unroute("**/api/upgrade-*.json")
    page.click(".pf-upgrade button")
    page.wait_for_function("() => document.querySelector('#pf-changes h3, #pf-changes p + p')")

    assert labels("en")("changes.failed") == failed


def test_filter_of_the_matrix(page: Page, site: str) -> None:
    """Choosing a mark leaves the rows that have it, and everything brings all back."""
    page.goto(f"{site}matrix/")
    rows = page.locator(".pf-matrix tbody tr")
    total = rows.count()
    page.check("input[value=failed]")
    left = page.locator(".pf-matrix tbody tr:visible")
    found = left.count()
    marks = [left.nth(i).get_attribute("data-marks") or "" for i in range(found)]
    page.check(".pf-filter input[value='']")

    assert 0 < found < total
    assert all("failed" in mark.split() for mark in marks)
    assert total == page.locator(".pf-matrix tbody tr:visible").count()


def test_matrix_on_a_phone(phone: Page, site: str) -> None:
    """On a phone the names of the errors stay in sight while the versions are scrolled."""
    phone.goto(f"{site}matrix/")
    name = phone.locator(".pf-matrix tbody th").first
    before = name.bounding_box()
    phone.evaluate("document.querySelector('.pf-scroll--matrix').scrollLeft = 500")
    after = name.bounding_box()

    assert before
    assert after
    assert before["x"] == after["x"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
