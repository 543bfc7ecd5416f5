"""The site below a path of its own, as project pages of GitHub have it: `/provenfix/`.

Every address in every built file is followed; then Chromium walks through the site.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page
from small_house import build_site, copy_site, house, observe, write_evidence

PREFIX = "/provenfix/"
LOADED = {"link", "script", "img", "iframe", "source", "video", "audio", "object", "form"}
"""Elements whose addresses the browser opens by itself; only a reader's click leaves the site."""
ADDRESSED = ("href", "src", "action", "poster", "data")
FOREIGN = (
    "https://schema.org",
    "https://creativecommons.org/licenses/",
    "http://www.w3.org/",
    "http://www.sitemaps.org/",
)
"""Names of vocabularies and of a licence, which nothing loads."""
URL_KEY = re.compile(r"^(url|href|item|image|\$id|.*_url)$")


class _Prefixed(SimpleHTTPRequestHandler):
    """Serves the site below the prefix, and nothing else."""

    def translate_path(self, path: str) -> str:
        """The file of an address; what lies outside the prefix is nowhere."""
        if not path.startswith(PREFIX):
            return os.devnull + "/nowhere"
        return super().translate_path(path.removeprefix(PREFIX.rstrip("/")))

    def log_message(self, *_: object) -> None:
        """Leave the test's output alone."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the served site, and its folder; it has a history, so it has feeds."""
    root: Path = tmp_path_factory.mktemp("prefixed")
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Prefixed, directory=root / "site")
    ) as server:
        address = f"http://127.0.0.1:{server.server_port}{PREFIX}"
        write_evidence(copy_site(root), observe(house()))
        for command in ("init -q", "add -A", "commit -q -m x"):
            who = ("-c", "user.name=t", "-c", "user.email=t@example.org")
            subprocess.run(("git", *who, *command.split()), cwd=root, check=True)
        build_site(root, address)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address, root / "site"
        server.shutdown()


class Addresses(HTMLParser):
    """All addresses in a page: followed by the browser, by a click, or named in its data."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.clicked: list[str] = []
        self.ids: set[str] = set()
        self.in_data = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found["id"]} if "id" in found else set()
        self.in_data = found.get("type") == "application/ld+json"
        into = self.loaded if tag in LOADED else self.clicked
        into += [found[name] for name in ADDRESSED if name in found]
        named = found.get("property", found.get("name", ""))
        if named.endswith((":url", ":image")):
            self.loaded.append(found["content"])
        if found.get("http-equiv") == "refresh":
            self.loaded.append(found["content"].partition("url=")[2])

    def handle_data(self, data: str) -> None:
        if self.in_data and data.strip():
            self.loaded += [t for t in _strings(json.loads(data)) if t.startswith("http")]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _urls(value: Any, key: str = "") -> Iterator[str]:
    """The addresses in JSON: absolute ones anywhere, others by their key."""
    if isinstance(value, str) and value and URL_KEY.match(key):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _urls(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _urls(item, key)


def _lost(url: str, address: str, site: Path, ids: dict[str, set[str]]) -> bool:
    """Whether an address leads outside the site, or to nothing."""
    # The server of OpenAPI, to which paths with a slash of their own are added.
    if url == address.removesuffix("/"):
        return False
    if not url.startswith(address):
        return True
    parts = urlsplit(url)
    path = unquote(parts.path).removeprefix(PREFIX)
    file = site / path / "index.html" if not path or path.endswith("/") else site / path
    fragment = unquote(parts.fragment)
    known = not fragment or "article" == fragment or "website" == fragment
    return not file.is_file() or not (known or fragment in ids.get(str(file), {fragment}))


@pytest.mark.browser
def test_every_address_of_the_pages_is_on_the_site(built: tuple[str, Path]) -> None:
    """Links, scripts, styles, cards, JSON-LD: all lead below the prefix, to files that exist."""
    address, site = built
    pages = {path: Addresses(path.read_text("utf-8")) for path in site.rglob("*.html")}
    ids = {str(path): page.ids for path, page in pages.items()}
    lost = []
    for path, page in pages.items():
        here = address + path.relative_to(site).as_posix()
        for kind, urls in (("loaded", page.loaded), ("clicked", page.clicked)):
            for url in urls:
                found = urljoin(here, url)
                references = kind == "clicked" and url.startswith(("http://", "https://"))
                outside = references and not url.startswith(address.removesuffix(PREFIX))
                harmless = outside or url.startswith((*FOREIGN, "data:"))
                if not harmless and _lost(found, address, site, ids):
                    lost.append((str(path.relative_to(site)), url))

    assert len(pages) > 10
    assert [] == lost


@pytest.mark.browser
def test_every_address_of_the_data_is_on_the_site(built: tuple[str, Path]) -> None:
    """Sitemap, feeds, robots and JSON: all addresses are below the prefix and lead somewhere."""
    address, site = built
    found: list[tuple[str, str]] = []
    for path in (*site.glob("*.xml"), *site.glob("feeds/*.xml")):
        for element in ElementTree.parse(path).iter():
            texts = (element.text or "", element.get("href", ""))
            found += [(path.name, text.strip()) for text in texts if "://" in text]
    for path in site.glob("api/**/*.json"):
        urls = _urls(json.loads(path.read_text("utf-8")))
        found += [(path.name, urljoin(address, url)) for url in urls]
    robots = (site / "robots.txt").read_text("utf-8")
    found += [("robots.txt", url) for url in re.findall(r"\S+://\S+", robots)]
    names = {name for name, _ in found}

    assert {"sitemap.xml", "new-en.xml", "new-zh.xml", "robots.txt", "upgrade-zh.json"} <= names
    assert [] == [
        (name, url)
        for name, url in found
        if not url.startswith(FOREIGN) and _lost(url, address, site, {})
    ]


@pytest.mark.browser
def test_walk_in_chromium(page: Page, built: tuple[str, Path]) -> None:
    """From the home page to an error, to Chinese, to the chooser and its data: all below it."""
    address, _ = built
    trouble: list[str] = []
    page.on("response", lambda r: trouble.append(r.url) if r.status >= 400 else None)
    page.on("request", lambda r: None if r.url.startswith(address) else trouble.append(r.url))
    page.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
    page.goto(address)
    page.click("article a[href*='errors/backward-twice/']")
    page.wait_for_url(f"{address}errors/backward-twice/")
    page.click(".pf-language")
    page.wait_for_url(f"{address}zh/errors/backward-twice/")
    page.click(".pf-brand")
    page.wait_for_url(f"{address}zh/")
    page.goto(f"{address}releases/?from=2.6.0&to=2.13.0")
    page.wait_for_selector("#pf-changes p")
    page.wait_for_load_state("networkidle")

    assert [] == trouble


@pytest.mark.browser
def test_page_that_is_not_found(page: Page, built: tuple[str, Path]) -> None:
    """GitHub serves 404.html from any depth; its scripts, styles and links still lead home."""
    address, site = built
    trouble: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(address) else trouble.append(r.url))
    page.on("response", lambda r: trouble.append(r.url) if r.status >= 400 else None)
    missing = f"{address}zh/no/such/page/"
    body = (site / "404.html").read_text("utf-8")
    page.route(missing, lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(missing, wait_until="networkidle")

    assert [] == trouble
    assert "noindex" == page.get_attribute("meta[name=robots]", "content")
