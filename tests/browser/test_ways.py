"""Ways through the site that a reader takes: by keys alone, offline, by night, on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from small_house import house

from browser.boxes import FIELD, MATCHES, TRACEBACK, titles
from provenfix.labels import LANGUAGES, Language, labels

pytestmark = pytest.mark.browser

ERROR = "errors/backward-twice/"
FIRST = "fix-sum-losses"
BACKWARD = house().entries["backward-twice"]
BOTH = pytest.mark.parametrize("language", LANGUAGES)

FOCUS = """
() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const near = at.closest(".pf-hit") ?? at;
  const ring = [style, getComputedStyle(near)].some(
    (one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2);
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return { seen: ring && inside, what: at.outerHTML.slice(0, 90) };
}
"""


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A window that may use the clipboard."""
    opened = browser.new_context(
        viewport={"width": 1280, "height": 800}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield opened
    opened.close()


def _root(site: str, language: Language) -> str:
    return site if language == "en" else f"{site}{language}/"


def _tab_to(page: Page, selector: str, most: int) -> list[str]:
    """Press Tab until an element has the focus; the stops on the way that nobody can see."""
    unseen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        unseen += [] if stop["seen"] else [stop["what"]]
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return unseen
    raise AssertionError(f"{most} presses of Tab do not lead to {selector} on {page.url}")


def _skip(page: Page) -> list[str]:
    """Take the way past the header and the list of chapters."""
    unseen = _tab_to(page, ".md-skip", 1)
    page.keyboard.press("Enter")
    return unseen


@BOTH
def test_keys_alone_from_home_to_a_copied_fix(
    reader: BrowserContext, site: str, language: Language
) -> None:
    """By keys alone: paste, open the entry, copy its fix; each stop is seen, and none is lost."""
    page = reader.new_page()
    page.goto(_root(site, language), wait_until="networkidle")
    page.evaluate("navigator.clipboard.writeText('')")
    unseen = [*_skip(page), *_tab_to(page, FIELD, 2)]
    page.keyboard.insert_text(TRACEBACK)
    titles(page, MATCHES)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{_root(site, language)}{ERROR}")
    page.wait_for_load_state("networkidle")
    copy = f"[data-pf-claim={FIRST}] .pf-diff .pf-copy"
    unseen += [*_skip(page), *_tab_to(page, copy, 10)]
    page.keyboard.press("Enter")
    expect(page.locator(copy)).to_have_text(labels(language)("site.copied"))
    copied = str(page.evaluate("navigator.clipboard.readText()"))

    assert [] == unseen
    assert copied.startswith("--- repro.py\n+++ fix_sum_losses.py\n")
    assert page.evaluate("selector => document.activeElement.matches(selector)", copy)


@pytest.mark.parametrize("path", ["", ERROR, "matrix/"])
def test_focus_is_always_seen(page: Page, site: str, path: str) -> None:
    """Whoever goes through a page by Tab sees at each stop where they are."""
    page.goto(f"{site}{path}", wait_until="networkidle")
    page.eval_on_selector_all("article a", "all => all.at(-1).classList.add('last')")
    unseen = _tab_to(page, "article .last", 120)

    assert [] == unseen


@BOTH
def test_error_page_without_network(reader: BrowserContext, site: str, language: Language) -> None:
    """An error page that was loaded needs no network: choosing a release and copying go on."""
    page = reader.new_page()
    page.goto(f"{_root(site, language)}{ERROR}", wait_until="networkidle")
    page.evaluate("navigator.clipboard.writeText('')")
    reader.set_offline(True)
    page.select_option("select[name=torch]", "2.6.0")
    share = page.locator(f"[data-pf-claim={FIRST}] .pf-share")
    share.click()
    expect(share).to_have_text(labels(language)("site.copied"))

    assert "2.6.0" == page.inner_text(".pf-row-here .pf-releases")
    assert f"e/backward-twice/#{FIRST}" in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(("system", "other"), [("light", "slate"), ("dark", "default")])
def test_other_colours_are_remembered(browser: Browser, site: str, system: str, other: str) -> None:
    """One press changes between day and night, against the system's wish, on all pages to come."""
    context = browser.new_context(color_scheme=system)
    page = context.new_page()
    page.goto(site, wait_until="networkidle")
    scheme = "document.body.dataset.mdColorScheme"
    before = page.evaluate(scheme)
    page.click("[data-pf-scheme]")
    after = page.evaluate(scheme)
    page.goto(f"{site}zh/{ERROR}", wait_until="networkidle")
    pressed = page.get_attribute("[data-pf-scheme]", "aria-pressed")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    kept = page.evaluate(scheme)
    context.close()

    assert ({"light": "default", "dark": "slate"}[system], other, other) == (before, after, kept)
    assert ("true" if other == "slate" else "false") == pressed
    assert ("rgb(21, 26, 24)" if other == "slate" else "rgb(251, 250, 247)") == paper


@BOTH
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_menu_of_a_phone(browser: Browser, site: str, language: Language, scripts: bool) -> None:
    """On a phone the menu leads to the pages of the site, with scripts and without."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{_root(site, language)}{ERROR}")
    closed = page.locator(".pf-menu a").first.is_visible()
    page.tap(".pf-menu summary")
    page.locator(".pf-menu a[href$='matrix/']").tap()
    page.wait_for_url(f"{_root(site, language)}matrix/")
    context.close()

    assert not closed
