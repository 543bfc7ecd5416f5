"""The box: a traceback goes in, the entries that fit come out."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Request
from small_house import house

from browser.boxes import (
    CHILD_FAILED,
    FIELD,
    FORK,
    FORK_LINE,
    FRAME,
    LINE,
    MATCHES,
    STATUS,
    TITLES,
    TRACEBACK,
    UNKNOWN,
    paste,
    said,
    titles,
)
from browser.test_site import CONTRAST
from provenfix.labels import LANGUAGES, Language, labels

pytestmark = pytest.mark.browser

ERROR = "errors/backward-twice/"
BACKWARD = house().entries["backward-twice"]
FORKED = house().entries["fork-cuda-reinit"]
ENGLISH = labels("en")
BOTH = pytest.mark.parametrize("language", LANGUAGES)
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
OWN_FILE = re.compile(r"[\w./-]*(?:\?ts=\d+)?")
"""A file of the site; Pagefind adds the time, so that no old index is used."""
HOSTILE_TEXTS = {
    "((a+)+)+$": "bomb",
    "a" * 49 + "! ": "words",
    "\x00\x07\x1b[31m\x1b]0;": "binary",
    "\u202eabc\u2067\u200b\u200f": "bidirectional",
    "e" + "\u0301" * 40: "combining",
    "🙂\ud83d": "surrogates",
    "| ": "bars",
    "\\n\\'": "escapes",
    "RuntimeError: x\n": "errors",
    f"{HOSTILE}\n": "markup",
}


def _home(site: str, language: Language = "en") -> str:
    return site if language == "en" else f"{site}{language}/"


@BOTH
def test_paste_leads_to_the_page(page: Page, site: str, language: Language) -> None:
    """A pasted traceback shows its entry at once; Enter opens it, which knows the pasted line."""
    words = BACKWARD.en if language == "en" else BACKWARD.zh
    title = words.title if language == "en" else words.title.text
    page.goto(_home(site, language))
    paste(page, TRACEBACK)

    assert [title] == titles(page)
    assert LINE[:300] == page.inner_text(".pf-hit__line").rstrip("…")[:300]
    assert labels(language)("box.says.one") == page.inner_text(STATUS)
    assert page.inner_text(".pf-hit__fix").strip()

    page.keyboard.press("Enter")
    page.wait_for_url(f"{_home(site, language)}{ERROR}")
    stored = json.loads(page.evaluate("sessionStorage.getItem('provenfix:paste')"))

    assert "backward-twice" == stored["entry"]
    assert LINE.startswith(stored["line"][:100])


def test_typing(page: Page, site: str) -> None:
    """Typing shows the entry without any key to confirm."""
    page.goto(site)
    page.focus(FIELD)
    page.keyboard.type("backward through the graph a second time")

    assert [BACKWARD.en.title] == titles(page, MATCHES)


def test_two_errors(page: Page, site: str) -> None:
    """Two errors give two numbered results, the last one of the text first, and a line says so."""
    page.goto(site)
    paste(page, TRACEBACK + FORK)
    found = titles(page, MATCHES)
    numbers = page.eval_on_selector_all(
        ".pf-hits--many > li", "all => all.map(item => getComputedStyle(item).counterIncrement)"
    )

    assert [FORKED.en.title, BACKWARD.en.title] == found
    assert ENGLISH("box.says.several", count=2) == page.inner_text(STATUS)
    assert ["hit 1", "hit 1"] == numbers


def test_waiting_entry(page: Page, site: str) -> None:
    """An entry without a page is named, says what it waits for, and leads to the status page."""
    page.goto(site)
    paste(page, FORK)
    hit = page.locator(".pf-hit")
    hit.wait_for()

    assert FORK_LINE == page.inner_text(".pf-hit__line")
    assert "needs an NVIDIA GPU" in hit.inner_text()
    assert [f"{site}status/"] == hit.locator("a").evaluate_all("all => all.map(a => a.href)")


def test_wrapper(page: Page, site: str) -> None:
    """A paste that only reports another error says which lines to paste."""
    page.goto(site)
    paste(page, CHILD_FAILED)
    page.wait_for_selector(".pf-box__note")

    assert ENGLISH("cli.explain.inner.child_failed") in page.inner_text(".pf-box__note")
    assert 0 == page.locator(MATCHES).count()


def test_nothing_fits(page: Page, site: str) -> None:
    """An unknown error is said to be unknown, with what to paste; nothing is passed off as it."""
    page.goto(site)
    paste(page, UNKNOWN)
    said(page, ENGLISH("box.says.none"))

    assert ENGLISH("box.says.none_paste") in page.inner_text(".pf-box__note")
    assert 0 == page.locator(MATCHES).count()
    assert 0 == page.locator(".pf-report").count()


def test_nearest_are_no_answers(page: Page, site: str) -> None:
    """Entries that share words with an unknown error are shown as such, below that sentence."""
    page.goto(site)
    paste(
        page, f"{FRAME}ValueError: the second time the forked graph was sent backward, it broke\n"
    )
    page.wait_for_selector(".pf-hit--near")

    assert ENGLISH("box.says.none") == page.inner_text(STATUS)
    assert {ENGLISH("box.says.near")} == set(
        page.locator(".pf-hit--near .pf-badge").all_inner_texts()
    )
    assert 0 == page.locator(MATCHES).count()


def test_report(page: Page, site: str) -> None:
    """A report holds the error line only; the reader sees it, and what they change is sent."""
    page.goto(site)
    address = "https://example.org/issues/new?template=report.yml"
    page.eval_on_selector("[data-pf-box]", f"box => box.dataset.issues = '{address}'")
    paste(page, UNKNOWN)
    page.click(".pf-report summary")
    field, link = ".pf-report textarea", ".pf-report a"
    line = UNKNOWN.strip().splitlines()[-1]
    shown = page.input_value(field)
    sent = "address => Object.fromEntries(new URL(address.href).searchParams)"
    before = page.eval_on_selector(link, sent)
    page.fill(field, "x" * 1_500)
    after = page.eval_on_selector(link, sent)

    assert line == shown
    assert {
        "template": "report.yml",
        "title": ENGLISH("box.says.report_title", line=line),
        "traceback": line,
    } == before
    assert "x" * 1_500 == after["traceback"]
    assert page.eval_on_selector(link, "address => address.href.length") < 2_000


@BOTH
def test_keyboard_alone(page: Page, site: str, language: Language) -> None:
    """The slash opens the box, arrows reach the results, Escape comes back and then closes."""
    page.goto(f"{_home(site, language)}{ERROR}")
    page.focus(".pf-brand")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open]")
    page.keyboard.insert_text(TRACEBACK)
    title = titles(page)[0]
    active = "document.activeElement.textContent"
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowDown")
    reached = page.evaluate(active)
    page.keyboard.press("Escape")
    back = page.evaluate("document.activeElement.tagName")
    still_open = page.locator("dialog[open]").count()
    page.keyboard.press("Escape")

    assert title == reached
    assert ("TEXTAREA", 1) == (back, still_open)
    assert 0 == page.locator("dialog[open]").count()
    assert page.eval_on_selector(".pf-brand", "brand => brand === document.activeElement")


@pytest.mark.parametrize("key", ["Control+k", "Meta+k"])
def test_keys_open_it(page: Page, site: str, key: str) -> None:
    """Ctrl or Cmd with K opens the box on any page, and the home page's own box on that."""
    page.goto(f"{site}status/")
    page.keyboard.press(key)

    assert page.eval_on_selector(f"dialog[open] {FIELD}", "it => it === document.activeElement")

    page.goto(site)
    page.keyboard.press(key)

    assert page.eval_on_selector(FIELD, "field => field === document.activeElement")


def test_button_opens_it(phone: Page, site: str) -> None:
    """The header's button opens the box on a phone, and its cross closes it."""
    phone.goto(f"{site}{ERROR}")
    phone.tap("[data-pf-open]")
    phone.wait_for_selector("dialog[open]")
    phone.tap("[data-pf-close]")

    assert 0 == phone.locator("dialog[open]").count()


def test_slash_in_a_field_is_a_slash(page: Page, site: str) -> None:
    """Who writes a path writes a path."""
    page.goto(site)
    page.focus(FIELD)
    page.keyboard.type("a/b")

    assert "a/b" == page.input_value(FIELD)


def test_paste_beside_all_fields(page: Page, site: str) -> None:
    """A traceback that is pasted anywhere on a page goes into the box."""
    page.goto(f"{site}{ERROR}")

    assert paste(page, FORK, into="")
    assert [FORKED.en.title] == titles(page, MATCHES)
    assert 1 == page.locator("dialog[open]").count()


def test_loaded_on_first_use_only(page: Page, site: str) -> None:
    """A page that is only read loads neither the box, nor signatures, nor the index of words."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.removeprefix(site))

    page.on("request", note)
    page.goto(site, wait_until="networkidle")
    before = [url for url in asked if url.startswith(("api/", "pagefind/", "assets/js/match"))]
    paste(page, TRACEBACK)
    titles(page)

    assert [] == before
    assert "api/v1/signatures.json" in asked
    assert [] == [url for url in asked if url.startswith("pagefind/")]


def test_offline_once_loaded(page: Page, site: str) -> None:
    """Once the box is loaded it needs no network."""
    page.goto(site)
    with page.expect_response("**/api/v1/signatures.json"):
        page.focus(FIELD)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    paste(page, TRACEBACK)

    assert [BACKWARD.en.title] == titles(page, MATCHES)


def test_failed_load_may_be_tried_again(page: Page, site: str) -> None:
    """If the words of the entries cannot be loaded, the box says so and offers to try again."""
    page.route("**/api/words-*.json", lambda route: route.abort())
    page.goto(site)
    paste(page, TRACEBACK)
    said(page, ENGLISH("box.says.failed"))
    page.unroute("**/api/words-*.json")
    page.click(".pf-box__again")

    assert [BACKWARD.en.title] == titles(page, MATCHES)


@pytest.mark.parametrize("start", ["", "status/"])
def test_way_back(page: Page, site: str, start: str) -> None:
    """The browser's way back from an entry leads to the paste and its results."""
    page.goto(f"{site}{start}")
    if start:
        page.keyboard.press("/")
    paste(page, TRACEBACK)
    titles(page)
    page.click(TITLES)
    page.wait_for_url(f"{site}{ERROR}")
    page.go_back()
    page.wait_for_url(f"{site}{start}")

    assert [BACKWARD.en.title] == titles(page, MATCHES)
    assert TRACEBACK == page.input_value(FIELD)


@BOTH
def test_question_in_the_address(page: Page, site: str, language: Language) -> None:
    """`?q=` fills the box of the home page, as other programs may link to it."""
    page.goto(f"{_home(site, language)}?q=Cannot+re-initialize+CUDA+in+forked+subprocess")

    assert 1 == len(titles(page, MATCHES))


@pytest.mark.parametrize("way", ["paste", "address"])
def test_markup_stays_text(page: Page, site: str, way: str) -> None:
    """HTML in a paste or in the address is shown as it stands and never becomes an element."""
    opened: list[str] = []
    page.on("dialog", lambda dialog: opened.append(dialog.message) or dialog.dismiss())
    text = f"RuntimeError: Trying to backward through the graph a second time {HOSTILE}"
    if way == "paste":
        page.goto(site)
        paste(page, text)
    else:
        page.goto(site)
        page.evaluate("text => { location.search = new URLSearchParams({ q: text }) }", text)
    page.wait_for_selector(".pf-hit__line")
    made = page.locator("[data-pf-box] :is(img, script)").count()

    assert HOSTILE in page.inner_text(".pf-hit__line")
    assert 0 == made
    assert [] == opened


def test_words_of_entries_stay_text(page: Page, site: str) -> None:
    """The titles, fixes and reasons of entries, which come from strangers too, only become text."""
    hostile = {"title": f"t {HOSTILE}", "url": "errors/x/", "fix": f"f {HOSTILE}", "waiting": ""}
    waiting = {"title": f"t {HOSTILE}", "url": "", "fix": "", "waiting": f"w {HOSTILE}"}
    body = json.dumps({"backward-twice": hostile, "fork-cuda-reinit": waiting})
    page.route("**/api/words-en.json", lambda route: route.fulfill(body=body))
    page.goto(site)
    paste(page, TRACEBACK + FORK)
    titles(page, MATCHES)
    shown = page.inner_text(".pf-box__results")

    assert [4, 0] == [
        shown.count(HOSTILE),
        page.locator("[data-pf-box] :is(img, script)").count(),
    ]


@pytest.mark.parametrize("filler", ["x" * 79 + "\n", "x" * 80], ids=["lines", "one-line"])
def test_ten_megabytes(page: Page, site: str, filler: str) -> None:
    """Of a huge paste the end is kept, the box says so, and the error at its end is recognised."""
    page.goto(site)
    taken = paste(page, f"{filler * 125_000}\n{TRACEBACK}")
    found = titles(page, MATCHES)

    assert taken
    assert [BACKWARD.en.title] == found
    assert page.input_value(FIELD).endswith(TRACEBACK)
    assert len(page.input_value(FIELD)) <= 400_000
    assert ENGLISH("box.says.one") in page.inner_text(STATUS)
    assert page.inner_text(STATUS).startswith(ENGLISH("box.says.cut", count="|").split("|")[0])


@pytest.mark.parametrize("lines", [5_000, 6_000])
def test_long_paste(page: Page, site: str, lines: int) -> None:
    """5,000 lines are read whole; of more the last ones are, and the box says so."""
    page.goto(site)
    filler = "epoch 3: loss 0.731, lr 1e-4\n" * (lines - TRACEBACK.count("\n") - 1)
    # Into the field Playwright inserts line by line, which a browser's own paste does not.
    paste(page, f"{filler}{TRACEBACK}", into="")
    cut = ENGLISH("box.says.cut", count="|").split("|")[0]

    assert [BACKWARD.en.title] == titles(page, MATCHES)
    assert (lines > 5_000) == page.inner_text(STATUS).startswith(cut)


@pytest.mark.parametrize("filler", HOSTILE_TEXTS, ids=HOSTILE_TEXTS.get)
def test_hostile_paste(page: Page, site: str, filler: str) -> None:
    """Whatever is pasted, its error is found, and the page itself works less than 0.2 s for it.

    The time is that of the page's thread, so that other work on the machine does not count.
    """
    page.goto(site)
    paste(page, TRACEBACK)
    titles(page, MATCHES)
    page.click("[data-pf-clear]")
    page.wait_for_selector(".pf-hit", state="detached")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _thread_seconds(session)
    paste(page, f"{filler * (20_000 // len(filler))}\n{FORK}\n{TRACEBACK}", into="")
    found = titles(page, MATCHES)
    spent = _thread_seconds(session) - before

    assert BACKWARD.en.title == found[0]
    assert spent < 0.2


def _thread_seconds(session: CDPSession) -> float:
    """Seconds of processor time that the page's thread has spent on tasks."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def test_nothing_is_sent(page: Page, site: str) -> None:
    """Whatever is pasted, only the site's own files are fetched: no query, no body."""
    secret = "sk-0123456789"
    sent: list[tuple[str, str, str | None]] = []
    page.on("request", lambda r: sent.append((r.method, r.url, r.post_data)))
    page.on("websocket", lambda socket: sent.append(("WEBSOCKET", socket.url, None)))
    known, unknown = f"{secret}\n{TRACEBACK}", UNKNOWN.replace("widgets", secret)
    for text in (known, unknown, CHILD_FAILED + secret, f"sum the losses {secret}"):
        page.goto(site)
        paste(page, text)
        page.wait_for_function(
            "status => !!document.querySelector('.pf-box__results').childElementCount"
            " || !!document.querySelector(status).textContent",
            arg=STATUS,
        )
        page.wait_for_load_state("networkidle")

    assert len(sent) > 5
    assert [] == [
        one
        for one in sent
        if one[0] != "GET" or one[2] or not OWN_FILE.fullmatch(one[1].removeprefix(site))
    ]
    assert secret not in str(sent)


def test_clear(page: Page, site: str) -> None:
    """One press empties the box and leaves the reader in its field."""
    page.goto(site)
    paste(page, TRACEBACK)
    titles(page)
    page.click("[data-pf-clear]")

    assert "" == page.input_value(FIELD)
    assert "" == page.inner_text(STATUS)
    assert 0 == page.locator(".pf-hit").count()
    assert page.eval_on_selector(FIELD, "field => field === document.activeElement")


@BOTH
def test_without_javascript(browser: Browser, site: str, language: Language) -> None:
    """Without scripts the home page says so, hides the box, and its list of errors stands."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(_home(site, language))

    assert labels(language)("box.no_script") in page.inner_text("noscript")
    assert not page.locator(FIELD).is_visible()
    assert page.locator("article a[href$='errors/backward-twice/']").first.is_visible()
    context.close()


@BOTH
def test_phone_first_screen(phone: Page, site: str, language: Language) -> None:
    """On a phone the field and its first result are on the first screen, and nothing is wider."""
    phone.goto(_home(site, language))
    paste(phone, TRACEBACK)
    titles(phone)
    hit = phone.locator(".pf-hit").bounding_box()

    assert hit
    assert hit["y"] + hit["height"] <= 844
    assert 390 == phone.evaluate("document.documentElement.scrollWidth")


def test_field_has_a_name_and_a_description(page: Page, site: str) -> None:
    """A screen reader says what the field is for, that nothing is sent, and how many were found."""
    page.goto(site)
    field = page.get_by_role("textbox", name=ENGLISH("box.label"))
    described = field.get_attribute("aria-describedby")

    assert ENGLISH("box.help") == page.inner_text(f"#{described}")
    assert 1 == page.get_by_role("search").get_by_role("status").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", [TRACEBACK + FORK, UNKNOWN, CHILD_FAILED, "sum the losses"])
def test_contrast(browser: Browser, site: str, scheme: str, text: str) -> None:
    """What the box shows has at least 4.5:1 against its paper, by day and by night (WCAG AA)."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(site)
    page.eval_on_selector("[data-pf-box]", "it => it.dataset.issues = 'https://example.org/new'")
    page.fill(FIELD, text)
    page.wait_for_selector(".pf-box__results :is(.pf-hit, .pf-box__note)")
    page.wait_for_load_state("networkidle")
    page.eval_on_selector_all("details", "all => all.forEach(folded => { folded.open = true })")

    assert [] == page.evaluate(CONTRAST)
    context.close()
