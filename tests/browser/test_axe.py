"""Accessibility by axe-core's rules: each kind of page, both languages, by day and night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.boxes import FORK, TRACEBACK, UNKNOWN, paste

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
Opener = Callable[[str], Page]


@pytest.fixture(params=["en", "zh"])
def prefix(request: pytest.FixtureRequest) -> str:
    """The folder of a language."""
    return "" if request.param == "en" else "zh/"


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """The colours that the reader's system asks for."""
    return str(request.param)


@pytest.fixture(params=SIZES)
def open_page(
    request: pytest.FixtureRequest, browser: Browser, real_site: str, scheme: str
) -> Iterator[Opener]:
    """Opens a page of the real site, with all that is folded on it unfolded."""
    width, height = SIZES[request.param]
    # axe is a script in the page, which the site's own policy would not let in.
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )

    def open_(path: str) -> Page:
        page = context.new_page()
        page.goto(f"{real_site}{path}", wait_until="networkidle")
        page.eval_on_selector_all(
            "article details", "all => all.forEach(folded => { folded.open = true })"
        )
        return page

    yield open_
    context.close()


def _violations(page: Page, part: str = "html") -> list[str]:
    """What breaks a rule gravely: its impact, the rule, where it stands, and on which page."""
    found: list[dict[str, Any]] = Axe().run(page, part).response["violations"]
    return [
        f"{rule['impact']}: {rule['id']}: {' '.join(map(str, node['target']))} on {page.url}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    "path", ["", "errors/mat1-mat2-shapes/", "matrix/", "status/", "404.html"], ids=str
)
def test_pages(open_page: Opener, prefix: str, path: str) -> None:
    """No page breaks a rule of impact serious or critical."""
    if path == "404.html" and prefix:
        pytest.skip("one file has both languages")

    found = _violations(open_page(prefix + path))

    assert [] == found, "\n".join(found)


def test_box(open_page: Opener, prefix: str) -> None:
    """Neither does the box behind "/", empty, with results, and with an error nobody knows."""
    page = open_page(f"{prefix}status/")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    found = _violations(page, "dialog")
    paste(page, TRACEBACK + FORK)
    page.wait_for_selector(".pf-hits--many")
    found += _violations(page, "dialog")
    page.click("[data-pf-clear]")
    paste(page, UNKNOWN)
    page.wait_for_selector(".pf-box__note")
    found += _violations(page, "dialog")

    assert [] == found, "\n".join(found)
