"""The page of an error in the reader's hands: version, order, copies, their own message."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from provenfix import evidence
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.load import load
from provenfix.standing import stand

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PUBLISHED = [
    entry.entry.slug for entry in stand(load(ROOT).house(), evidence.read(ROOT)[0]).published
]
ERROR = "errors/backward-twice/"
FIRST, SECOND, NEWER = "fix-sum-losses", "fix-fresh-graph", "fix-recompute"
BOTH = pytest.mark.parametrize("language", LANGUAGES)
COPIED = re.compile("|".join(labels(language)("site.copied") for language in LANGUAGES))
TORCH, GPU = "select[name=torch]", "select[name=gpu]"


def _root(site: str, language: Language) -> str:
    return site if language == "en" else f"{site}{language}/"


def _ready(page: Page, address: str) -> None:
    """Open the page of an error and wait until its scripts have run: the chooser marks claims."""
    page.goto(address)
    page.wait_for_selector(".pf-mine[data-mark]", state="attached")


@pytest.fixture(params=["desktop", "phone"])
def window(request: pytest.FixtureRequest, page: Page, phone: Page) -> Page:
    """A page on the desktop and on a phone."""
    return phone if request.param == "phone" else page


@pytest.fixture
def copier(browser: Browser) -> Iterator[BrowserContext]:
    """A window that may use the clipboard."""
    opened = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield opened
    opened.close()


def _clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def _copied(page: Page, button: str) -> str:
    """What a button copies; the clipboard is one for all windows, so it is emptied first."""
    page.evaluate("navigator.clipboard.writeText('')")
    page.locator(button).click()
    expect(page.locator(button)).to_have_text(COPIED)
    return _clipboard(page)


FIRST_SCREEN = """
() => {
  const line = document.querySelector(".pf-error--first code");
  const box = line.getBoundingClientRect();
  const fix = document.querySelector(".pf-claim");
  const ends = ["h2", ".pf-verdict", ".pf-verdict ~ p"].map(
    (part) => fix.querySelector(part).getBoundingClientRect().bottom);
  return {
    wrapped: box.left >= 0 && box.right <= 390 && line.scrollWidth <= line.clientWidth,
    first: Math.max(...ends) <= 844,
    narrow: document.documentElement.scrollWidth === 390,
  };
}
"""


@BOTH
def test_error_and_fix_on_the_first_screen(phone: Page, real_site: str, language: Language) -> None:
    """On a phone the whole error line, the fix, its verdict and what to do need no scrolling."""
    found = {}
    for slug in PUBLISHED:
        phone.goto(f"{_root(real_site, language)}errors/{slug}/")
        found[slug] = phone.evaluate(FIRST_SCREEN)

    assert [] == [slug for slug, parts in found.items() if not all(parts.values())]


@BOTH
def test_version_is_remembered(context: BrowserContext, site: str, language: Language) -> None:
    """A chosen release marks the claims and its row, and holds on the next visit."""
    say = labels(language)
    page = context.new_page()
    _ready(page, f"{_root(site, language)}{ERROR}")
    page.select_option(TORCH, "2.6.0")
    page.close()
    page = context.new_page()
    _ready(page, f"{_root(site, language)}{ERROR}")
    mine = {
        name: page.locator(f"[data-pf-claim={name}] .pf-mine").inner_text()
        for name in (FIRST, NEWER, "nofix-detach")
    }
    expected = {FIRST: "verified", NEWER: "not_run", "nofix-detach": "confirmed"}

    assert "2.6.0" == page.input_value(TORCH)
    assert {n: say(f"chooser.mark.{mark}", version="2.6.0") for n, mark in expected.items()} == mine
    assert say("chooser.says.raised", version="2.6.0") == page.inner_text(".pf-seen")
    assert "2.6.0" == page.inner_text(".pf-row-here .pf-releases")
    assert 1 == page.locator("[data-pf-claim=fix-sum-losses] .pf-here").count()


@pytest.mark.parametrize(
    ("asked", "chosen", "sentence"),
    [
        ("2.6", "2.6.0", "raised"),
        ("2.6.0+cu124", "2.6.0", "raised"),
        ("2.13.7", "2.13.0", "nearest"),
        ("1.4", "", "unknown"),
        ("<img src=x onerror=alert(1)>", "", "unknown"),
        ("constructor", "", "unknown"),
    ],
)
def test_address_wins(page: Page, site: str, asked: str, chosen: str, sentence: str) -> None:
    """A release in the address wins over the remembered one; one that is unknown is said to be."""
    page.add_init_script("localStorage.setItem('provenfix:torch', '2.13.0')")
    _ready(page, f"{site}{ERROR}?torch={asked.replace('+', '%2B')}")
    said = page.inner_text(".pf-seen")

    assert chosen == page.input_value(TORCH)
    assert labels("en")(f"chooser.says.{sentence}", version=chosen, asked=asked[:20]) in said
    assert "2.13.0" == page.evaluate("localStorage.getItem('provenfix:torch')")


def test_back_button_keeps_the_choice(page: Page, site: str) -> None:
    """A choice replaces the address's, and holds after another page and the way back."""
    _ready(page, f"{site}{ERROR}?torch=2.6#versions")
    page.select_option(TORCH, "2.13.0")
    page.click(".pf-brand")
    page.wait_for_url(site)
    page.go_back()
    expect(page.locator(".pf-row-here")).to_have_count(1)

    assert f"{site}{ERROR}#versions" == page.url
    assert "2.13.0" == page.input_value(TORCH)
    assert "2.13.0" == page.inner_text(".pf-row-here .pf-releases")


def _without_the_first(route: Route) -> None:
    """The page as if its first fix had not held on 2.6.0."""
    body = route.fetch().text()
    before, rest = body.split('data-pf-claim="fix-sum-losses"')
    rest = rest.replace(
        'data-mark="verified" data-torch="2.6.0"', 'data-mark="refuted" data-torch="2.6.0"', 1
    )
    route.fulfill(body=f'{before}data-pf-claim="fix-sum-losses"{rest}', content_type="text/html")


@BOTH
def test_proven_fix_comes_first(window: Page, site: str, language: Language) -> None:
    """What is proven for the reader comes first, with its anchor; another choice undoes it."""
    say = labels(language)
    window.route(f"**/{ERROR}*", _without_the_first)
    _ready(window, f"{_root(site, language)}{ERROR}?torch=2.6")
    order = "all => all.map(fix => [fix.dataset.pfClaim, fix.querySelector('h2, h3').localName])"
    fixes = ".pf-claim:not(.pf-claim--dead)"
    first = window.eval_on_selector_all(fixes, order)
    heading = window.inner_text(f"#{SECOND}")
    contents = window.eval_on_selector_all(
        ".md-nav--secondary a[href^='#fix-']", "all => all.map(link => link.hash.slice(1))"
    )
    window.select_option(TORCH, "")

    assert [[SECOND, "h2"], [FIRST, "h3"], [NEWER, "h3"]] == first
    assert [SECOND, FIRST, NEWER] == contents[:3]
    assert heading.startswith(say("page.fix").strip())
    assert [[FIRST, "h2"], [SECOND, "h3"], [NEWER, "h3"]] == window.eval_on_selector_all(
        fixes, order
    )
    assert 1 == window.locator(".pf-first").count()


@BOTH
def test_release_without_the_error(window: Page, real_site: str, language: Language) -> None:
    """Where a release does not raise the error, the page says so at once."""
    say = labels(language)
    _ready(window, f"{_root(real_site, language)}errors/half-not-implemented/?torch=2.6")

    assert say("chooser.badge.no_error") == window.locator(".pf-chooser + p .pf-badge").inner_text()
    assert say("chooser.says.no_error", version="2.6.0") == window.inner_text(".pf-seen")
    assert say("chooser.mark.no_error", version="2.6.0") == window.inner_text(
        "[data-pf-claim=fix-float] .pf-mine"
    )
    assert "2.3.1–2.15.0" == window.inner_text(".pf-row-here .pf-releases")


def test_gpu_that_nobody_measured(page: Page, site: str) -> None:
    """With a GPU the page says plainly that nothing was measured on one."""
    _ready(page, f"{site}{ERROR}")
    before = page.inner_text(".pf-seen")
    page.select_option(GPU, "yes")
    with_gpu = page.inner_text(".pf-seen")
    page.select_option(GPU, "no")

    assert f"{before} {labels('en')('chooser.says.no_gpu')}" == with_gpu
    assert before == page.inner_text(".pf-seen")
    assert "no" == page.evaluate("localStorage.getItem('provenfix:gpu')")


def test_gpu_that_was_measured(page: Page, site: str) -> None:
    """A GPU environment counts with a GPU only; without one of that release the CPU's is shown."""

    def with_gpu(route: Route) -> None:
        """The page with a GPU environment of 2.13.0, on which every fix failed."""
        body = re.sub(
            r'<i data-mark="(\w+)" (data-torch="2.13.0"[^>]*)></i>',
            lambda tick: f"{tick[0]}{tick[0].replace('<i', '<i data-gpu')}".replace(
                'data-gpu data-mark="verified"', 'data-gpu data-mark="refuted"'
            ),
            route.fetch().text(),
        )
        route.fulfill(body=body, content_type="text/html")

    page.route(f"**/{ERROR}", with_gpu)
    _ready(page, f"{site}{ERROR}")
    mine = page.locator(f"[data-pf-claim={FIRST}] .pf-mine")
    page.select_option(TORCH, "2.13.0")
    marks = [mine.get_attribute("data-mark")]
    page.select_option(GPU, "yes")
    marks.append(mine.get_attribute("data-mark"))
    page.select_option(TORCH, "2.6.0")
    marks.append(mine.get_attribute("data-mark"))

    assert ["verified", "refuted", "verified"] == marks
    assert labels("en")("chooser.says.cpu_only", version="2.6.0") in page.inner_text(".pf-seen")


@BOTH
def test_strip_has_words(window: Page, site: str, language: Language) -> None:
    """A strip has a tick for each environment with its release as a title, and a text beside."""
    say = labels(language)
    _ready(window, f"{_root(site, language)}{ERROR}")
    strip = window.locator(f"[data-pf-claim={NEWER}] .pf-strip")
    titles = strip.locator("i").evaluate_all("all => all.map(tick => tick.title)")
    parts = (("verified", "2.13.0"), ("not_run", "2.6.0"))
    words = (" " if language == "en" else "").join(
        say("measured.part", mark=say(f"measured.{mark}"), versions=v) for mark, v in parts
    )

    assert [
        say("measured.tick", version=version, device="CPU", mark=say(f"measured.{mark}"))
        for mark, version in reversed(parts)
    ] == titles
    assert say("measured.strip", parts=words) == strip.get_attribute("aria-label")
    heights = strip.locator("i").evaluate_all("all => all.map(tick => tick.clientHeight)")
    assert heights[0] < heights[1]


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the program patch")
def test_copied_diff_is_a_patch(copier: BrowserContext, real_site: str, tmp_path: Path) -> None:
    """The copied diff of a first fix turns repro.py into the fix as the repository has it."""
    page = copier.new_page()
    for slug in PUBLISHED:
        page.goto(f"{real_site}errors/{slug}/")
        patch = _copied(page, ".pf-claim .pf-diff .pf-copy >> nth=0")
        made = re.search(r"^\+\+\+ (\w+\.py)$", patch, re.MULTILINE)
        assert made
        entry = ROOT / "entries" / slug
        shutil.copy(entry / "repro.py", tmp_path)
        ran = subprocess.run(
            ["patch", "-p0"], input=patch, cwd=tmp_path, text=True, timeout=60, check=False
        )
        after = [
            path.read_text("utf-8").split('"""', 2)[2]
            for path in (entry / made[1], tmp_path / "repro.py")
        ]

        assert 0 == ran.returncode
        assert after[0] == after[1]


def test_copies_the_whole_program(copier: BrowserContext, real_site: str) -> None:
    """The copied program is the file, byte for byte."""
    page = copier.new_page()
    _ready(page, f"{real_site}errors/mat1-mat2-shapes/")
    program = ROOT / "entries" / "mat1-mat2-shapes" / "fix_measure_features.py"

    assert program.read_text("utf-8") == _copied(
        page, "[data-pf-claim=fix-measure-features] details .pf-copy"
    )


@BOTH
@pytest.mark.parametrize(
    ("button", "anchor", "title", "verdict"),
    [
        (".pf-chooser", "", "mat1-mat2-shapes", ""),
        ("[data-pf-claim=fix-measure-features]", "#fix-measure-features", "code", "verified"),
        ("[data-pf-claim=nofix-view-in-features]", "#nofix-view-in-features", "code", "other"),
    ],
)
def test_link_as_markdown(
    copier: BrowserContext,
    real_site: str,
    language: Language,
    button: str,
    anchor: str,
    title: str,
    verdict: str,
) -> None:
    """A link has title and short address; that of a claim also has its anchor and its verdict."""
    say = labels(language)
    page = copier.new_page()
    _ready(page, f"{_root(real_site, language)}errors/mat1-mat2-shapes/")
    found = re.fullmatch(r"\[(.+)\]\((\S+)\)(?: \((.+)\))?", _copied(page, f"{button} .pf-share"))
    badges = {
        "": "",
        "verified": say("verdict.verified"),
        "other": say("claim.other_error"),
    }

    assert found
    assert f"{_root(real_site, language)}e/mat1-mat2-shapes/{anchor}" == found[2]
    assert ("`" in found[1]) == (title == "code")
    assert (found[3] or "").startswith(badges[verdict])
    assert bool(verdict) == bool(found[3])
    assert say("page.fix").strip() not in found[1]


MINE = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (7x99 and 4096x12)"


def _pasted(page: Page, line: str, entry: str = "mat1-mat2-shapes") -> None:
    stored = json.dumps(json.dumps({"entry": entry, "line": line}))
    page.add_init_script(f"sessionStorage.setItem('provenfix:paste', {stored})")


@BOTH
def test_own_message(window: Page, real_site: str, language: Language) -> None:
    """After a paste the reader's line and numbers are shown as theirs, and one click goes back."""
    say = labels(language)
    _pasted(window, MINE)
    _ready(window, f"{_root(real_site, language)}errors/mat1-mat2-shapes/")
    shown = window.inner_text(".pf-error--first code")
    values = window.locator(".pf-yours [data-pf-value]").all_inner_texts()
    note = window.inner_text(".pf-pasted")
    window.click(".pf-back")

    assert MINE == shown
    assert ["99", "4096"] == values
    assert f"{say('yours.mine')} {say('yours.back')}" == note
    assert ["8192", "2048"] == window.locator(".pf-yours [data-pf-value]").all_inner_texts()
    assert "16x8192" in window.inner_text(".pf-error--first code")
    assert 0 == window.locator(".pf-pasted").count()


@pytest.mark.parametrize(
    ("stored", "entry"),
    [(MINE, "other-entry"), ("   ", "mat1-mat2-shapes")],
)
def test_paste_of_another_entry(page: Page, real_site: str, stored: str, entry: str) -> None:
    """A paste that led elsewhere, or an empty one, changes nothing."""
    _pasted(page, stored, entry)
    _ready(page, f"{real_site}errors/mat1-mat2-shapes/")

    assert ["8192", "2048"] == page.locator(".pf-yours [data-pf-value]").all_inner_texts()
    assert 0 == page.locator(".pf-pasted").count()


def test_paste_without_its_values(page: Page, real_site: str) -> None:
    """A line whose parts are not found stands alone: no sentence with another message's numbers."""
    _pasted(page, "mat1 and mat2 shapes cannot be multiplied")
    _ready(page, f"{real_site}errors/mat1-mat2-shapes/")

    assert not page.locator(".pf-yours").is_visible()
    page.click(".pf-back")
    assert page.locator(".pf-yours").is_visible()


def test_hostile_paste_is_text(page: Page, real_site: str) -> None:
    """Markup in a paste stays text, and what is endless is cut."""
    trick = "<img src=x onerror=alert(1)>" + "A" * 5000
    line = f"Unsupported global: GLOBAL {'evil.' * 900}Class was not an allowed global by default"
    _pasted(page, f"{trick} {line}", "weights-only-load")
    _ready(page, f"{real_site}errors/weights-only-load/")
    shown = page.inner_text(".pf-error--first code")

    assert shown.startswith("<img src=x onerror=alert(1)>AAA")
    assert 600 == len(shown)
    assert 0 == page.locator("article img").count()


def test_broken_memory(page: Page, real_site: str) -> None:
    """Whatever else lies in the browser's memory, the page stands."""
    page.add_init_script("sessionStorage.setItem('provenfix:paste', '{not json')")
    page.add_init_script("localStorage.setItem('provenfix:torch', '[1,2')")
    page.add_init_script("localStorage.setItem('provenfix:gpu', 'maybe')")
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    _ready(page, f"{real_site}errors/mat1-mat2-shapes/")

    assert [] == trouble
    assert ("", "") == (page.input_value(TORCH), page.input_value(GPU))


@BOTH
def test_without_scripts(browser: Browser, site: str, language: Language) -> None:
    """Without scripts the strips and the table stand, and no control waits for one."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{_root(site, language)}{ERROR}")

    assert not page.locator(".pf-chooser").is_visible()
    assert 0 == page.locator("button:visible, select:visible").count()
    assert page.locator(f"[data-pf-claim={FIRST}] .pf-strip i").first.is_visible()
    assert 2 == page.locator("tr .pf-releases:visible").count()
    context.close()


@BOTH
@pytest.mark.parametrize("remembered", ["", "2.6.0"])
def test_scripts_move_nothing(
    window: Page, real_site: str, language: Language, remembered: str
) -> None:
    """Nothing moves when the scripts have come: controls and marks had their place before."""
    window.add_init_script(f"localStorage.setItem('provenfix:torch', '{remembered}')")
    window.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => {"
        "for (const entry of list.getEntries()) window.moved += entry.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    _ready(window, f"{_root(real_site, language)}errors/mat1-mat2-shapes/")

    # Beside another sentence the strip may stand further left or right, in its own line.
    assert window.evaluate("window.moved") <= (0.01 if remembered else 0)


@BOTH
def test_paper_has_no_controls(page: Page, site: str, language: Language) -> None:
    """On paper there is nothing to press, and what is folded is printed."""
    _ready(page, f"{_root(site, language)}{ERROR}")
    page.emulate_media(media="print")

    assert 0 == page.locator("article :is(button, select):visible").count()
    folded = page.locator("article details pre")
    assert folded.count() == sum(folded.nth(i).is_visible() for i in range(folded.count()))
    assert page.locator(".pf-also code").last.is_visible()


def test_keyboard_only(page: Page, site: str) -> None:
    """The chooser works by keys alone, and what it finds is announced."""
    _ready(page, f"{site}{ERROR}")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "torch":
            break
    page.keyboard.press("ArrowDown")
    expect(page.locator(".pf-row-here")).to_have_count(1)
    name = page.evaluate("document.activeElement.labels[0].innerText.trim()")
    page.keyboard.press("Tab")
    after = page.evaluate("document.activeElement.name")
    page.keyboard.press("Tab")

    assert "2.13.0" == page.input_value(TORCH)
    assert name.startswith(labels("en")("chooser.torch"))
    assert "gpu" == after
    assert page.evaluate("document.activeElement.matches('.pf-share')")
    assert "status" == page.get_attribute(".pf-seen", "role")


@BOTH
def test_dead_ends_weigh_as_much_as_fixes(window: Page, site: str, language: Language) -> None:
    """A dead end has the heading of a fix, a mark of its own, and the traceback it gave."""
    _ready(window, f"{_root(site, language)}{ERROR}")
    size = "node => [getComputedStyle(node).fontSize, getComputedStyle(node).fontWeight]"
    dead = window.locator("[data-pf-claim=nofix-retain-graph]")
    last = dead.locator("h3 ~ .pf-error").first.inner_text()

    assert window.locator(f"#{SECOND}").evaluate(size) == dead.locator("h3").evaluate(size)
    assert 'File "repro.py", line 12' in last
    assert "modified by an inplace operation" in last
    assert (dead.locator("details pre").first.text_content() or "").startswith("Traceback")
