"""Free text in the box: Pagefind's index, one per language, the reader's first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from small_house import house

from browser.boxes import FIELD, MATCHES, STATUS, TITLES, TRACEBACK, paste, said, titles
from provenfix.labels import LANGUAGES, Language, labels

pytestmark = pytest.mark.browser

BACKWARD = house().entries["backward-twice"]
FORKED = house().entries["fork-cuda-reinit"]


def _ask(page: Page, site: str, language: Language, words: str) -> None:
    page.goto(site if language == "en" else f"{site}{language}/")
    page.fill(FIELD, words)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "sum the losses"), ("zh", "损失"), ("zh", "计算图")]
)
def test_words_find_the_page(page: Page, site: str, language: Language, words: str) -> None:
    """Words find the page in the reader's language, Chinese ones too, which no blanks part."""
    _ask(page, site, language, words)
    title = BACKWARD.en.title if language == "en" else BACKWARD.zh.title.text

    assert title == titles(page)[0]
    assert labels(language)("box.says.words_title") == page.inner_text(".pf-box__title >> nth=0")


@pytest.mark.parametrize(("language", "words"), [("en", "损失"), ("zh", "sum the losses")])
def test_other_language_below(page: Page, site: str, language: Language, words: str) -> None:
    """Words that only the other language has find its page, and say which language that is."""
    _ask(page, site, language, words)
    other: Language = "zh" if language == "en" else "en"
    title = BACKWARD.zh.title.text if other == "zh" else BACKWARD.en.title

    assert title in titles(page)
    assert labels(language)("box.says.words_other") in page.inner_text(".pf-box__results")
    assert other == page.get_attribute(f".pf-hits:has-text({title!r})", "lang")


def test_waiting_entry_by_its_title(page: Page, site: str) -> None:
    """An entry without a page is found by its title, and says what it waits for."""
    _ask(page, site, "en", "initialize forked")
    page.wait_for_selector(".pf-hit")

    assert FORKED.en.title == page.inner_text(TITLES)
    assert "needs an NVIDIA GPU" in page.inner_text(".pf-hit")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_no_page_has(page: Page, site: str, language: Language) -> None:
    """Nothing is found where nothing is: no page that merely has a word that starts alike."""
    _ask(page, site, language, "frobnicator grommet")
    said(page, labels(language)("box.says.words_none"))

    assert 0 == page.locator(TITLES).count()


def test_error_line_that_words_surround(page: Page, site: str) -> None:
    """A short text that is an entry's error shows that entry first, then pages with its words."""
    _ask(page, site, "en", "backward through the graph a second time")

    assert [BACKWARD.en.title] == titles(page, MATCHES)
    assert labels("en")("box.says.one") == page.inner_text(STATUS)


def test_index_is_loaded_on_first_use_only(page: Page, site: str) -> None:
    """A traceback needs no index of words; the first question in words loads it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    page.goto(site)
    paste(page, TRACEBACK)
    titles(page)
    before = [url for url in asked if url.startswith("pagefind/")]
    _ask(page, site, "en", "sum the losses")
    titles(page)

    assert [] == before
    assert "pagefind/pagefind.js" in asked


def test_index_that_cannot_be_loaded(page: Page, site: str) -> None:
    """Without the index the box says so and can be asked again; tracebacks still work."""
    page.route("**/pagefind/**", lambda route: route.abort())
    _ask(page, site, "en", "sum the losses")
    said(page, labels("en")("box.says.failed_words"))
    again = page.locator(".pf-box__again").count()
    page.fill(FIELD, TRACEBACK)

    assert 1 == again
    assert [BACKWARD.en.title] == titles(page, MATCHES)


@pytest.mark.parametrize(
    ("language", "words", "places"),
    [
        ("en", "evidence", ("for-machines/", "how-we-verify/")),
        ("en", "sum the losses", ("errors/backward-twice/",)),
        ("zh", "证据", ("zh/for-machines/", "zh/contributing/")),
        ("zh", "计算图", ("zh/errors/backward-twice/",)),
    ],
)
def test_words_in_several_shards(
    page: Page,
    sharded_site: tuple[str, dict[str, list[str]]],
    language: Language,
    words: str,
    places: tuple[str, ...],
) -> None:
    """Words find pages of whatever shard, the first or a later one, at their own addresses."""
    site, further = sharded_site
    _ask(page, site, language, words)
    titles(page)
    found = page.locator("a.pf-hit__title").all()
    addresses = {link.evaluate("link => link.href") for link in found}

    assert 2 == len(further[language])
    assert {site + place for place in places} <= addresses


def test_shard_that_cannot_be_loaded(
    page: Page, sharded_site: tuple[str, dict[str, list[str]]]
) -> None:
    """Where a shard cannot be loaded the box says so, and finds all once it is asked again."""
    site, further = sharded_site
    lost = f"**/pagefind/{further['en'][0]}/**"
    page.route(lost, lambda route: route.abort())
    _ask(page, site, "en", "sum the losses")
    said(page, labels("en")("box.says.failed_words"))
    page.unroute(lost)
    page.click(".pf-box__again")

    assert BACKWARD.en.title == titles(page)[0]
