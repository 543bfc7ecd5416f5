"""The built site as readers meet it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ERROR = "errors/backward-twice/"
BOTH = pytest.mark.parametrize("language", ["", "zh/"])
RELEASE = "releases/pytorch-2-13-0/"
EVERY_PAGE = (
    *("", "errors/", ERROR, "matrix/", "releases/", RELEASE),
    *("status/", "how-we-verify/", "contributing/"),
)
PROGRAM = "details:has-text('fix_sum_losses.py') code"


@BOTH
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_loads_quietly(page: Page, site: str, path: str, language: str) -> None:
    """A page loads with no failing and no foreign request and no console error."""
    trouble: list[str] = []
    page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("requestfailed", lambda request: trouble.append(request.url))
    page.on(
        "response", lambda r: trouble.append(f"{r.status} {r.url}") if r.status >= 400 else None
    )
    page.on("request", lambda r: None if r.url.startswith(site) else trouble.append(r.url))
    page.goto(f"{site}{language}{path}", wait_until="networkidle")

    assert [] == trouble
    assert ("zh" if language else "en") == page.get_attribute("html", "lang")
    assert 1 == page.locator("h1").count()


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_same_heading_ids(page: Page, site: str, path: str) -> None:
    """A link to a section works in both languages."""
    found = []
    for language in ("", "zh/"):
        page.goto(f"{site}{language}{path}")
        ids = "all => all.map(heading => heading.id)"
        found.append(page.eval_on_selector_all("article :is(h1, h2, h3)", ids))

    assert found[0] == found[1]
    assert all(found[0])


@pytest.mark.parametrize("path", ["", ERROR, RELEASE, "matrix/", "status/"])
def test_language_switch_leads_to_the_same_page(page: Page, site: str, path: str) -> None:
    """One click leads to the same page in the other language, and one more back."""
    page.goto(f"{site}{path}")
    page.click(".pf-language")
    page.wait_for_url(f"{site}zh/{path}")
    page.click(".pf-language")
    page.wait_for_url(f"{site}{path}")

    assert "中文" == page.inner_text(".pf-language")


@pytest.mark.parametrize("path", ["", ERROR, "status/"])
def test_names_its_other_language(page: Page, site: str, path: str) -> None:
    """Search engines find both languages of a page at their own addresses."""
    page.goto(f"{site}zh/{path}")
    links = "all => Object.fromEntries(all.map(link => [link.hreflang, link.href]))"
    english, chinese = f"{site}{path}", f"{site}zh/{path}"

    assert {"en": english, "x-default": english, "zh": chinese} == page.eval_on_selector_all(
        "link[hreflang]", links
    )
    assert chinese == page.get_attribute("link[rel=canonical]", "href")


@BOTH
def test_without_javascript(browser: Browser, site: str, language: str) -> None:
    """Without scripts, the fix, its program and the way to the other language are all there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{language}{ERROR}")
    program = page.locator(PROGRAM).first

    assert program.is_visible()
    assert "assert not torch.equal" in program.inner_text()
    assert page.locator("#fix-sum-losses ~ .pf-diff").first.is_visible()
    assert page.locator(".pf-language").is_visible()
    context.close()


@BOTH
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_phone_has_no_sideways_scroll(phone: Page, site: str, path: str, language: str) -> None:
    """No page is wider than a phone."""
    phone.goto(f"{site}{language}{path}")

    assert 390 == phone.evaluate("document.documentElement.scrollWidth")


@BOTH
def test_phone_shows_error_and_fix_at_once(phone: Page, site: str, language: str) -> None:
    """On a phone the whole error line and the start of the fix are on the first screen."""
    phone.goto(f"{site}{language}{ERROR}")
    line = phone.locator(".pf-error code").first
    box = line.bounding_box()
    fix = phone.locator("#fix-sum-losses + .pf-verdict").bounding_box()

    assert box is not None
    assert fix is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert line.evaluate("code => code.scrollWidth <= code.clientWidth")
    assert box["y"] + box["height"] < fix["y"]
    assert fix["y"] + fix["height"] <= 844


def test_prints_folded_parts(page: Page, site: str) -> None:
    """On paper everything is unfolded: each dead end with its program."""
    page.goto(f"{site}{ERROR}")
    folded = page.locator("details:not([open]) pre")
    assert folded.count() >= 5
    assert not folded.first.is_visible()

    page.emulate_media(media="print")

    assert [] == [i for i in range(folded.count()) if not folded.nth(i).is_visible()]


@pytest.mark.parametrize("path", ["", ERROR, "matrix/", "status/"])
def test_prints_dark_on_white(browser: Browser, site: str, path: str) -> None:
    """Who reads by night prints on white paper all the same: every word has 4.5:1 against it."""
    context = browser.new_context(color_scheme="dark", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}{path}")
    page.emulate_media(media="print", color_scheme="dark")
    page.add_style_tag(content="* { transition: none !important; background: #fff !important }")

    assert [] == page.evaluate(CONTRAST)
    context.close()


def test_prints_the_whole_matrix(page: Page, site: str) -> None:
    """On paper the matrix is as high as it is, not a window with more behind it."""
    page.goto(f"{site}matrix/")
    page.emulate_media(media="print")
    box = page.locator(".pf-scroll--matrix")

    assert "none" == box.evaluate("box => getComputedStyle(box).maxHeight")
    assert box.evaluate("box => getComputedStyle(box).overflowY") == "visible"


@pytest.mark.parametrize("width", [1000, 1280, 1440, 1920])
def test_desktop_has_no_sideways_scroll(page: Page, real_site: str, width: int) -> None:
    """The matrix may be wider than the text, but no page is wider than its window."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{real_site}matrix/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width >= 1440:
        box = page.locator(".pf-scroll--matrix")
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_tables_scroll_by_keyboard(phone: Page, site: str) -> None:
    """A table that is wider than the phone scrolls in a box that takes the focus and has a name."""
    phone.goto(f"{site}{ERROR}")
    box = phone.locator(".pf-scroll")
    box.focus()
    # A key is lost while the page is still being laid out, so it is pressed until it counts.
    moved = "document.querySelector('.pf-scroll').scrollLeft > 0"
    for _ in range(50):
        phone.keyboard.press("ArrowRight")
        phone.wait_for_timeout(100)
        if phone.evaluate(moved):
            break

    assert phone.evaluate(moved)

    assert "Versions" == box.get_attribute("aria-label")


CONTRAST = """
() => {
  const rgb = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = node => {
    for (; node; node = node.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(node).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const low = new Set();
  for (const node of document.querySelectorAll("article *")) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || node.matches(".headerlink")) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(paper(node))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) low.add(`${node.className || node.tagName} ${contrast.toFixed(2)}`);
  }
  return [...low];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", ERROR, "status/"])
def test_contrast(browser: Browser, site: str, path: str, scheme: str) -> None:
    """All words and code have at least 4.5:1 against their paper, by day and by night (WCAG AA)."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}{path}")
    page.add_style_tag(content="* { transition: none !important }")

    assert ("slate" if scheme == "dark" else "default") == page.get_attribute(
        "body", "data-md-color-scheme"
    )
    assert [] == page.evaluate(CONTRAST)
    context.close()


@BOTH
def test_short_address_keeps_the_place(page: Page, site: str, language: str) -> None:
    """A short address leads to the page, with the release asked for and the place on it."""
    page.goto(f"{site}{language}e/backward-twice/?torch=2.6#dead-ends")

    page.wait_for_url(f"{site}{language}{ERROR}?torch=2.6#dead-ends")


@BOTH
def test_short_address_without_javascript(browser: Browser, site: str, language: str) -> None:
    """Without scripts a short address leads to the page as well."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{language}e/backward-twice/")

    page.wait_for_url(f"{site}{language}{ERROR}")
    context.close()
