"""404.html: one file for both languages, at any depth, with the box."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route
from small_house import house

from browser.boxes import FIELD, MATCHES, TRACEBACK, paste, titles
from provenfix.labels import LANGUAGES, Language, labels

pytestmark = pytest.mark.browser

BACKWARD = house().entries["backward-twice"]
LOCALES = {"en": "en-US", "zh": "zh-CN"}
ONE_BOX = "() => document.querySelectorAll('[data-pf-box]').length === 1"
Lost = Callable[..., Page]


@pytest.fixture
def lost(browser: Browser, site: str) -> Iterator[Lost]:
    """Opens an address that leads nowhere, as GitHub Pages does: with 404.html and its status."""
    contexts = []

    def open_(path: str, language: str, **options: bool) -> Page:
        context = browser.new_context(locale=LOCALES[language], **options)
        contexts.append(context)
        page = context.new_page()
        body = context.request.get(f"{site}404.html").text()

        def answer(route: Route) -> None:
            route.fulfill(status=404, content_type="text/html", body=body)

        page.route(f"{site}{path}", answer)
        page.goto(f"{site}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_language_first(lost: Lost, language: Language) -> None:
    """Both languages are there, the reader's first, with one box in that language."""
    page = lost("no/such/page/at/this/depth", language)
    page.wait_for_function(ONE_BOX)
    order = page.eval_on_selector_all(".pf-lost", "all => all.map(section => section.lang)")
    heads = page.locator(".pf-lost__title span").all_inner_texts()

    assert [language, *({*LANGUAGES} - {language})] == order
    assert labels(language)("lost.title") == heads[0]
    assert labels(language)("box.label") == page.inner_text("[data-pf-box] label")
    assert 1 == page.locator("h1").count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_offers_what_was_meant(lost: Lost, site: str, language: Language) -> None:
    """An address that almost names an entry leads to it, in the reader's language."""
    page = lost("errors/backwards_twise.html", language)
    link = page.locator(".pf-lost__meant a").first
    link.wait_for()
    prefix = "" if language == "en" else f"{language}/"

    assert f"{site}{prefix}errors/backward-twice/" == link.evaluate("link => link.href")


def test_offers_nothing_far_fetched(lost: Lost) -> None:
    """An address that is like no entry gets no suggestion."""
    page = lost("wp-login.php", "en")
    page.wait_for_load_state("networkidle")

    assert not page.locator(".pf-lost__meant >> nth=0").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_box_works(lost: Lost, site: str, language: Language) -> None:
    """The box finds the entry from any depth, and leads to its page."""
    page = lost("a/b/c/d/", language)
    page.wait_for_function(ONE_BOX)
    paste(page, TRACEBACK, FIELD)
    found = titles(page, MATCHES)
    page.keyboard.press("Enter")
    prefix = "" if language == "en" else f"{language}/"
    page.wait_for_url(f"{site}{prefix}errors/backward-twice/")

    assert [BACKWARD.en.title if language == "en" else BACKWARD.zh.title.text] == found


def test_links_lead_somewhere(lost: Lost, site: str) -> None:
    """From any depth, each link on it leads to a page of the site, in both languages."""
    page = lost("a/b/c/d/", "en")
    links = page.eval_on_selector_all("a[href]", "all => [...new Set(all.map(a => a.href))]")
    local = [link for link in links if link.startswith(site) and "#" not in link]
    found = {link: page.context.request.get(link).status for link in local}

    assert {f"{site}errors/", f"{site}zh/errors/", f"{site}zh/", site} <= set(local)
    assert {200} == set(found.values())


def test_without_javascript(lost: Lost) -> None:
    """Without scripts both languages stand, and say where the lists of errors are."""
    page = lost("errors/nothing", "zh", java_script_enabled=False)

    assert [say("lost.title") for say in map(labels, LANGUAGES)] == page.locator(
        ".pf-lost__title span"
    ).all_inner_texts()
    assert [say("box.no_script_link") for say in map(labels, LANGUAGES)] == page.locator(
        "noscript a"
    ).all_inner_texts()


@pytest.mark.parametrize("language", LANGUAGES)
def test_chrome_in_both_languages(lost: Lost, site: str, language: Language) -> None:
    """Each section names the site's pages and the licence as the home page of its language does."""
    page = lost("errors/nothing", "en")
    section = page.locator(f".pf-lost[lang={language}]")
    home = page.context.new_page()
    home.goto(site if language == "en" else f"{site}{language}/")
    names = home.locator(".pf-pages a").all_inner_texts()
    licence = home.locator(".md-copyright").inner_text().strip()

    assert names == section.locator("nav a").all_inner_texts()
    assert licence == section.locator(".pf-lost__licence").inner_text()
    assert 0 == page.locator(".pf-pages, .md-footer").count()
