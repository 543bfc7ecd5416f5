"""What search engines and feed readers get: heads, JSON-LD, sitemap, feeds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from small_house import (
    BACKWARD_TWICE,
    MESSAGE,
    environment,
    house,
    observe,
    pages,
    raised,
    record,
)

from provenfix import evidence
from provenfix.gitdates import Dates
from provenfix.history import History
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.load import load
from provenfix.render import FRAMES, generate, heads, read_site
from provenfix.render.articles import Article, articles, shorten
from provenfix.render.head import Head
from provenfix.render.listed import names as list_names
from provenfix.render.site import Site
from provenfix.render.structured import article as structured_article
from provenfix.render.structured import script
from provenfix.standing import Standing, stand

ROOT = Path(__file__).parents[3]
URL = "https://example.org/provenfix/"
OLD = datetime(2026, 1, 2, tzinfo=UTC)
NEW = datetime(2026, 3, 4, tzinfo=UTC)
ERROR = "errors/backward-twice"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def small() -> Standing:
    """Where the small house stands; the older release words the error differently."""
    the_house = house()
    store, entry = observe(the_house), the_house.entries["backward-twice"]
    old = environment("2.6.0")
    cells = {**BACKWARD_TWICE, "repro": raised(f"{MESSAGE} \x1b")}
    records = {**store.records, (entry.slug, old.name): record(entry, old, cells)}
    return stand(the_house, store.model_copy(update={"records": records}))


@pytest.fixture(scope="module")
def site(small: Standing) -> Site:
    """A site whose entry is old, and whose evidence is new."""
    records = [f"evidence/backward-twice/{name}.json" for name in small.environments]
    added = {"entries/backward-twice/entry.yaml": OLD, **dict.fromkeys(records, NEW)}
    return Site(url=URL, dates=Dates(changed=added, added=added), written=("about",))


@pytest.fixture(scope="module")
def files(small: Standing, site: Site) -> dict[str, str]:
    """All generated files."""
    return pages(house(), small, site)


def _head(small: Standing, site: Site, files: dict[str, str], path: str) -> Head:
    return heads(generate(house(), small, site).articles, site, files)(
        path, "A &lt;title&gt;", "Said"
    )


@pytest.mark.parametrize(
    ("columns", "text", "expected"),
    [
        (12, "short enough", "short enough"),
        (14, "size mismatch: copying", "size mismatch…"),
        (17, "some words, and more", "some words, and…"),
        (20, "on a device (no CUDA available)", "on a device"),
        (9, "张量不在同一设备上", "张量不在…"),
        (6, "unbreakable", "unbre…"),
    ],
)
def test_shorten(columns: int, text: str, expected: str) -> None:
    """A text is cut at a word or before an aside; a Chinese character takes two columns."""
    assert expected == shorten(text, columns)


def test_titles_of_the_site_are_all_different(real: Standing) -> None:
    """No two pages, in whatever language, have the same title; each names the exception."""
    found = heads(
        {language: articles(History(real), Dates(), labels(language)) for language in LANGUAGES},
        Site(url=URL),
        (),
    )
    titles = [found(path, "", "").title for path in found.articles]

    assert 2 * len(real.published) == len(set(titles))
    for path, article in found.articles.items():
        cells = [run.cell for run in real.entries[article.slug].control.values() if run.cell]
        assert any(str(c.exception) in found(path, "", "").title for c in cells)


@pytest.fixture(scope="module")
def real() -> Standing:
    """Where the repository's own entries stand."""
    store, problems = evidence.read(ROOT)
    assert [] == problems
    return stand(load(ROOT).house(), store)


def test_alike_titles_name_their_entries(small: Standing) -> None:
    """Two errors whose titles read the same are told apart by the names of their entries."""
    entry = small.entries["backward-twice"]
    twin = replace(entry, entry=entry.entry.model_copy(update={"slug": "twin"}))
    both = replace(small, entries={"backward-twice": entry, "twin": twin})
    first, second = (a.title for a in articles(History(both), Dates(), labels("en")))

    assert first.endswith("(backward-twice)")
    assert second.endswith("(twin)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_head_of_an_error(
    small: Standing, site: Site, files: dict[str, str], language: Language
) -> None:
    """The page names both languages at absolute addresses, the card, dates, feeds and best fix."""
    head = _head(small, site, files, f"{ERROR}.{language}.md")
    here = URL + ("" if language == "en" else "zh/")

    assert f"{here}{ERROR}/" == head.url
    english = f"{URL}{ERROR}/"
    expected = {"en": english, "zh": f"{URL}zh/{ERROR}/", "x-default": english}
    assert expected == head.alternates
    assert f"{URL}assets/card.png" == head.image
    assert ("2026-03-04T00:00:00Z",) * 2 == (head.published, head.modified)
    feeds = [f"{URL}feeds/{name}-{language}.xml" for name in ("new", "changes")]
    assert feeds == [address for _, address in head.feeds]
    assert "2.6.0" in head.description
    assert {"en": "en_US", "zh": "zh_CN"}[language] == head.locale != head.locale_other


def test_head_of_a_written_page(small: Standing, site: Site, files: dict[str, str]) -> None:
    """A page that is no error's has its own words, the card of the site, and no JSON-LD."""
    head = _head(small, site, files, "about.en.md")

    assert "A <title> - provenfix" == head.title
    assert f"{URL}assets/card.png" == head.image
    assert ("website", "", "") == (head.kind, head.modified, head.data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_structured_data_of_an_error(
    small: Standing, site: Site, files: dict[str, str], language: Language
) -> None:
    """TechArticle and BreadcrumbList have what they must have, at absolute addresses."""
    head = _head(small, site, files, f"{ERROR}.{language}.md")
    data = json.loads(head.data)
    technical, crumbs = data["@graph"]

    assert "https://schema.org" == data["@context"]
    assert "TechArticle" == technical["@type"]
    assert (head.url, head.heading, language) == tuple(
        technical[name] for name in ("url", "headline", "inLanguage")
    )
    assert (head.published, head.modified, head.image) == tuple(
        technical[name] for name in ("datePublished", "dateModified", "image")
    )
    assert "PyTorch" == technical["about"]["name"]
    versions = labels(language)("list_separator").join(("2.6.0", "2.13.0"))
    assert versions == technical["about"]["softwareVersion"]
    for name in ("author", "publisher"):
        assert ("Organization", URL) == (technical[name]["@type"], technical[name]["url"])
    items = crumbs["itemListElement"]
    assert "BreadcrumbList" == crumbs["@type"]
    assert [1, 2, 3] == [item["position"] for item in items]
    assert head.url == items[-1]["item"]
    assert all(item["name"] and item["item"].startswith(URL) for item in items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_structured_data_of_the_home_page(
    small: Standing, site: Site, files: dict[str, str], language: Language
) -> None:
    """WebSite says how to search it."""
    head = _head(small, site, files, f"index.{language}.md")
    (found,) = json.loads(head.data)["@graph"]

    assert ("WebSite", head.url) == (found["@type"], found["url"])
    action = found["potentialAction"]
    assert f"{head.url}?q={{search_term_string}}" == action["target"]["urlTemplate"]
    assert "required name=search_term_string" == action["query-input"]


def test_structured_data_cannot_end_its_script(site: Site) -> None:
    """Whatever an entry says, its words hold no `<`, and read back the same."""
    title = "</script><script>alert(1)</script><!-- &amp; \u2028"
    hostile = Article(
        slug="x",
        title=title,
        description=title,
        versions="2.6.0",
        published=None,
        modified=None,
    )
    text = script(structured_article(hostile, "", site, labels("en")))
    found = json.loads(text)["@graph"][0]

    assert not {"<", ">", "&", "\u2028"} & set(text)
    assert title == found["description"]
    assert {"datePublished", "dateModified"}.isdisjoint(found)


def _sitemap(files: dict[str, str]) -> dict[str, dict[str, Any]]:
    found = {}
    for url in ElementTree.fromstring(files["sitemap.xml"]).iter(f"{SITEMAPS}url"):
        found[url.findtext(f"{SITEMAPS}loc", "")] = {
            "changed": url.findtext(f"{SITEMAPS}lastmod"),
            "links": {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")},
        }
    return found


def test_sitemap(small: Standing, files: dict[str, str]) -> None:
    """Every page is there in both languages, with both named, and with the date it changed."""
    found = _sitemap(files)
    written = {path.removesuffix(".en.md") for path in files if path.endswith(".en.md")}
    listed = list_names(small, History(small).steps)
    names = {ERROR, *listed, *written - {frame.name for frame in FRAMES}}
    addresses = {name.removesuffix("index").rstrip("/") for name in (*names, "about")}
    expected = {
        f"{URL}{prefix}{address}{'/' if address else ''}"
        for address in addresses
        for prefix in ("", "zh/")
    }

    assert expected == found.keys()
    assert "2026-03-04T00:00:00Z" == found[f"{URL}zh/{ERROR}/"]["changed"]
    assert found[f"{URL}about/"]["changed"] is None
    for page in found.values():
        assert {"en", "zh", "x-default"} == page["links"].keys()
        assert page["links"] == found[page["links"]["zh"]]["links"]
    assert f"Sitemap: {URL}sitemap.xml\n" in files["robots.txt"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["new", "changes"])
def test_feeds(files: dict[str, str], name: str, language: Language) -> None:
    """A feed is Atom: ids of its own, dates, titles, and links to the pages of its language."""
    root = ElementTree.fromstring(files[f"feeds/{name}-{language}.xml"])
    items = root.findall(f"{ATOM}entry")
    ids = [found.findtext(f"{ATOM}id", "") for found in (root, *items)]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    page = f"{URL}{'' if language == 'en' else 'zh/'}{ERROR}/"

    assert f"{URL}feeds/{name}-{language}.xml" == links["self"]
    assert len(ids) == len({*ids}) > 1
    assert all(found.startswith("urn:uuid:") for found in ids)
    for found in (root, *items):
        assert "2026-03-04T00:00:00Z" == found.findtext(f"{ATOM}updated")
        assert found.findtext(f"{ATOM}title")
    for item in items:
        link = item.find(f"{ATOM}link")
        assert link is not None
        assert page == str(link.get("href")).removesuffix("#changes")
        assert item.findtext(f"{ATOM}summary")


def test_feed_ids_outlive_the_address(small: Standing, site: Site, files: dict[str, str]) -> None:
    """A site that moves does not show its readers everything anew."""
    moved = pages(house(), small, replace(site, url="https://moved.example/"))

    def ids(text: str) -> list[str | None]:
        return [found.text for found in ElementTree.fromstring(text).iter(f"{ATOM}id")]

    assert ids(files["feeds/new-en.xml"]) == ids(moved["feeds/new-en.xml"])


def test_without_history(small: Standing) -> None:
    """Where no date is known none is shown: no feeds, no links to them, no lastmod."""
    undated = Site(url=URL)
    files = pages(house(), small, undated)
    head = _head(small, undated, files, f"{ERROR}.en.md")

    assert [] == [path for path in files if path.startswith("feeds/")]
    assert ((), "", "") == (head.feeds, head.published, head.modified)
    assert "lastmod" not in files["sitemap.xml"]


def test_reads_the_site(tmp_path: Path) -> None:
    """The hand-written pages are those that lie outside generated folders; the slash is added."""
    for path in ("docs/about.en.md", "docs/errors/x.en.md", "docs/about.zh.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()

    assert Site(url=URL, written=("about",)) == read_site(tmp_path, URL.rstrip("/"))


def test_workflow_that_publishes() -> None:
    """Actions are pinned to commits, the history is whole, and the address is that of Pages."""
    text = (ROOT / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    steps = workflow["jobs"]["publish"]["steps"]
    pins = [step["uses"].partition("@")[2] for step in steps if "uses" in step]

    assert {} == workflow["permissions"]
    assert [] == [pin for pin in pins if len(pin) != 40 or not set(pin) <= set("0123456789abcdef")]
    assert 0 == steps[0]["with"]["fetch-depth"]
    (build,) = [step for step in steps if "run" in step]
    assert "${{ steps.pages.outputs.base_url }}/" == build["env"]["SITE_URL"]


def test_reports_go_to_a_form_that_takes_them() -> None:
    """The published site offers a report; the form that it opens has a field for the traceback."""
    github = ROOT / ".github"
    workflow = yaml.safe_load((github / "workflows" / "pages.yml").read_text("utf-8"))
    (build,) = [step for step in workflow["jobs"]["publish"]["steps"] if "run" in step]
    address, _, template = build["env"]["ISSUES_URL"].partition("?template=")
    form = yaml.safe_load((github / "ISSUE_TEMPLATE" / template).read_text("utf-8"))

    assert "${{ github.server_url }}/${{ github.repository }}/issues/new" == address
    assert "traceback" in [part.get("id") for part in form["body"]]
