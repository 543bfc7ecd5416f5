"""The files for programs on a built site, fetched from below a path prefix."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from small_house import (
    build_site,
    copy_site,
    files_below,
    house,
    observe,
    verbatim,
    write_evidence,
)
from small_house import standing as where_it_stands

from provenfix.labels import LANGUAGES, Language, labels
from provenfix.render import api, machines_page
from provenfix.render.site import Site

PREFIX = "some/prefix/"
LISTS = ("llms.txt", "zh/llms.txt")
TWINS = ("errors/backward-twice.md", "zh/errors/backward-twice.md")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Requests are not told."""


@dataclass(frozen=True)
class Served:
    """A built site: the repository it was built from, its folder, and its address."""

    root: Path
    folder: Path
    site: Site

    def get(self, path: str) -> str:
        """What is served at a path below the site's root."""
        with urlopen(self.site.url + path) as answer:
            text: str = answer.read().decode()
        return text


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small house, built for the address at which it is served."""
    root, web = tmp_path_factory.mktemp("house"), tmp_path_factory.mktemp("web")
    write_evidence(copy_site(root), observe(house()))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(web))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site = Site(url=f"http://127.0.0.1:{server.server_port}/{PREFIX}")
        folder = build_site(root, site.url)
        (web / PREFIX).parent.mkdir(parents=True, exist_ok=True)
        (web / PREFIX.rstrip("/")).symlink_to(folder)
        yield Served(root, folder, site)
        server.shutdown()


def test_files_are_served_as_they_were_made(served: Served) -> None:
    """The API, the raw Markdown and the lists come out of the build byte for byte."""
    the_house = house()
    standing = where_it_stands(the_house)
    made = api.documents(the_house, standing, served.site)
    made |= verbatim(the_house, standing, served.site)
    came_out = {path: (served.folder / path).read_bytes().decode() for path in made}

    assert made == came_out


def test_evidence_is_copied_byte_for_byte(served: Served) -> None:
    """The evidence that a page links is the file that the runner wrote, and all of it is there."""
    recorded = files_below(served.root / "evidence")

    assert recorded == files_below(served.folder / "evidence")
    assert {"backward-twice", "environments"} == {Path(name).parts[0] for name in recorded}


def test_every_link_of_the_api_leads_somewhere(served: Served) -> None:
    """Pages, raw Markdown, documents, schemas and evidence files are all at their addresses."""
    index = json.loads(served.get("api/v1/index.json"))
    entries = [json.loads(served.get(entry["entry"]["path"])) for entry in index["entries"]]
    links = {link for value in (index, entries) for link in _addresses(value)}

    assert [] == [link for link in links if _status(link) != 200]
    assert len(links) > 15


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and value.keys() == {"path", "url"}:
        yield value["url"]
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _addresses(item)


def _status(address: str) -> int:
    with urlopen(address) as answer:
        return int(answer.status)


@pytest.mark.parametrize("path", [*LISTS, *TWINS])
def test_every_link_of_raw_markdown_leads_somewhere(served: Served, path: str) -> None:
    """Links to the site itself are absolute and lead to what is there."""
    text = served.get(path)
    own = set(re.findall(rf"{re.escape(served.site.url)}[^\s)>]*", text))

    assert [] == [link for link in own if _status(link) != 200]
    assert own


@pytest.mark.parametrize("language", ["", "zh/"])
def test_page_names_its_raw_markdown(served: Served, language: str) -> None:
    """The head of an error's page leads to its twin; a list of errors has none."""
    pattern = r'<link rel="alternate" type="text/markdown" href="([^"]+)">'
    page, listing = (
        re.findall(pattern, served.get(f"{language}errors/{name}"))
        for name in ("backward-twice/", "")
    )

    assert [f"{served.site.url}{language}errors/backward-twice.md"] == page
    assert [] == listing


@pytest.mark.parametrize("language", ["", "zh/"])
def test_page_on_the_files_links_to_them(served: Served, language: str) -> None:
    """The page for people who write programs links to each file that can be opened as it is."""
    page = served.get(f"{language}for-machines/")
    body = page[page.index("<table>") : page.index("</table>")]
    links = re.findall(r'href="([^"]+)"', body)
    here = f"{served.site.url}{language}for-machines/"

    assert 7 == len(links)
    assert [] == [link for link in links if _status(urljoin(here, link)) != 200]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_runs(served: Served, language: Language) -> None:
    """The Python program on the page prints the verified fixes of the entry, as it promises."""
    page = machines_page.page(where_it_stands(house()), served.site, labels(language))
    ran = subprocess.run(
        [sys.executable, "-c", page.program], capture_output=True, text=True, check=True, timeout=30
    )
    entry = json.loads(served.get("api/v1/entries/backward-twice.json"))
    fixes = [c for c in entry["claims"] if c["fix"] and c["verdict"] == "verified"]
    expected = [f"{fix['title'][language]} {fix['verified_on']}" for fix in fixes]

    assert expected == ran.stdout.splitlines()
