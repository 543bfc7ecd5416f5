"""The indexes of words over a built site."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from small_house import build_site, copy_site, house, observe, write_evidence

from provenfix.cache import FOLDER as CACHE
from provenfix.cache import Cache
from provenfix.indexer import Indexer, IndexingError
from provenfix.search import BODY, FOLDER, SHARDS, Page, index, page

SAYS = {"en": "gradients accumulate", "zh": "显存不足时减小批次"}
FEW = 3
"""Pages of a shard, so that a small site has several."""


def _page(site: Path, name: str, language: str, words: str = "") -> Page:
    """A built page, and what is known of it."""
    address = f"{'' if language == 'en' else 'zh/'}errors/{name}/"
    html = f"<h1>{name}</h1><p>{words or SAYS[language]} {name}</p>"
    (site / address).mkdir(parents=True)
    text = f"<html><nav>elsewhere</nav><article>{BODY}{html}</div></article></html>"
    (site / address / "index.html").write_text(text, "utf-8")
    return page(address, language, text)


def _pages(site: Path, count: int, words: Mapping[str, str] | None = None) -> list[Page]:
    """The pages of a site in each language, some with words of their own."""
    names = [f"page{number}" for number in range(count)]
    return [_page(site, name, of, (words or {}).get(name, "")) for name in names for of in SAYS]


def _index(site: Path, count: int, cache: Path, words: Mapping[str, str] | None = None) -> None:
    """Build and index a site in small shards."""
    index(site, _pages(site, count, words), Cache(cache), FEW)


def _files(site: Path) -> dict[str, bytes]:
    folder = site / FOLDER
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _fragments(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """What Pagefind shows of the pages of an index, by URL."""
    packed = (data for name, data in files.items() if name.endswith(".pf_fragment"))
    texts = (gzip.decompress(data).removeprefix(b"pagefind_dcd") for data in packed)
    return {page["url"]: page for page in map(json.loads, texts)}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The URLs of each index that Pagefind makes."""
    seen: list[list[str]] = []
    make = Indexer.index

    def note(self: Indexer, documents: Mapping[str, str]) -> dict[str, bytes]:
        seen.append(sorted(documents))
        return make(self, documents)

    monkeypatch.setattr(Indexer, "index", note)
    return seen


def test_one_index_for_each_language(tmp_path: Path) -> None:
    """Each language has an index of its own pages, under their addresses, in one folder."""
    index(tmp_path, _pages(tmp_path, 1), Cache(tmp_path / "root"))
    entry = json.loads((tmp_path / FOLDER / "pagefind-entry.json").read_text("utf-8"))
    counts = {language: about["page_count"] for language, about in entry["languages"].items()}

    assert {"en": 1, "zh": 1} == counts
    assert {"/errors/page0/", "/zh/errors/page0/"} == set(_fragments(_files(tmp_path)))
    assert {"en": [], "zh": []} == json.loads((tmp_path / SHARDS).read_text("utf-8"))


def test_nothing_else_is_left(tmp_path: Path) -> None:
    """Nothing of Pagefind's own looks; further shards have no program of their own."""
    _index(tmp_path, 10, tmp_path / "root")
    names = _files(tmp_path)

    assert [] == [name for name in names if "ui" in name or "highlight" in name]
    assert ["pagefind.js"] == [name for name in names if name.endswith("pagefind.js")]
    assert 2 == len([name for name in names if "wasm." in name])


def test_shards_have_every_page_once(tmp_path: Path, asked: list[list[str]]) -> None:
    """Each page is in one shard of its language."""
    _index(tmp_path, 20, tmp_path / "root")
    listed = json.loads((tmp_path / SHARDS).read_text("utf-8"))
    found = sorted(url for urls in asked for url in urls)

    assert sorted(_fragments(_files(tmp_path))) == found
    assert 40 == len(found)
    assert all(len({url.startswith("/zh/") for url in urls}) == 1 for urls in asked)
    assert all((tmp_path / FOLDER / name).is_dir() for of in listed for name in listed[of])
    assert len(asked) == 2 + sum(map(len, listed.values()))


def test_new_pages_move_no_others(tmp_path: Path, asked: list[list[str]]) -> None:
    """A page stays in its shard until there are twice as many, and then each is parted in two."""
    for site, count in (("a", 14), ("b", 23), ("c", 25)):
        _index(tmp_path / site, count, tmp_path / site)
    english = [frozenset(urls) for urls in asked if not urls[0].startswith("/zh/")]
    some, more = english[:8], english[8:16]

    assert all(any(few <= many for many in more) for few in some)
    assert all(any(few <= many for many in more) for few in english[16:] if few <= more[0])
    assert 8 == sum(bool(urls) for urls in some)


@pytest.mark.parametrize("cores", ["one", "all"])
def test_same_pages_same_bytes(tmp_path: Path, cores: str) -> None:
    """The same bytes in whatever order pages were added, on one core or all, cold or known."""
    reverse = tmp_path / "reverse"
    pages = _pages(reverse, 20)[::-1]
    before = os.sched_getaffinity(0)
    try:
        if cores == "one":
            os.sched_setaffinity(0, {min(before)})
        index(reverse, pages, Cache(tmp_path / "other"), FEW)
    finally:
        os.sched_setaffinity(0, before)
    root = tmp_path / "root"
    _index(tmp_path / "cold", 20, root)
    _index(tmp_path / "known", 20, root)

    assert _files(reverse) == _files(tmp_path / "cold") == _files(tmp_path / "known")


def test_edit_makes_one_shard_anew(tmp_path: Path, asked: list[list[str]]) -> None:
    """Only the shard of a changed page is made again, and the site is as if all had been."""
    root = tmp_path / "root"
    _index(tmp_path / "old", 20, root)
    asked.clear()
    changed = {"page7": "numerical overflow"}
    _index(tmp_path / "new", 20, root, changed)
    made = list(asked)
    _index(tmp_path / "cold", 20, tmp_path / "none", changed)

    assert 2 == len(made)
    assert all(any("/page7/" in url for url in urls) for urls in made)
    assert _files(tmp_path / "cold") == _files(tmp_path / "new")


def test_damaged_shard_is_made_again(tmp_path: Path, asked: list[list[str]]) -> None:
    """A cached shard that is not whole is as good as none, and is replaced."""
    root = tmp_path / "root"
    _index(tmp_path / "old", 20, root)
    damaged = sorted((tmp_path / "root" / CACHE / "search").iterdir())[0]
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    asked.clear()
    for site in ("new", "newer"):
        _index(tmp_path / site, 20, root)

    assert 1 == len(asked)
    assert _files(tmp_path / "old") == _files(tmp_path / "new") == _files(tmp_path / "newer")


def test_shards_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """The cache keeps the shards of the last build only."""
    root = tmp_path / "root"
    _index(tmp_path / "old", 20, root)
    _index(tmp_path / "new", 1, root)

    assert {"en-0", "zh-0"} == {p.name for p in (tmp_path / "root" / CACHE / "search").iterdir()}


def test_what_is_cut_is_left_out_anyway(tmp_path: Path) -> None:
    """Pages are searched for the words of their HTML without `LEFT_OUT`, to the last word."""
    write_evidence(copy_site(tmp_path), observe(house()))
    site = build_site(tmp_path)
    found = _fragments(_files(site))
    texts = {path: path.read_text("utf-8") for path in site.rglob("index.html")}
    whole = {
        f"/{path.parent.relative_to(site).as_posix()}/": text
        for path, text in texts.items()
        if BODY in text
    }
    with Indexer() as reader:
        shown = _fragments(reader.index(whole))

    assert len(found) > 4
    assert shown == found
    left_out = ("Whole program", "Copy Markdown", "no ROCm build", "Fixes verified")
    assert all(name in str(list(texts.values())) for name in left_out)
    assert not any(name in str(found) for name in left_out)


def test_no_pages_are_an_error(tmp_path: Path) -> None:
    """A site without pages to search is an error that says so, not a site without search."""
    with pytest.raises(IndexingError, match="no pages"):
        index(tmp_path, [], Cache(tmp_path))


def test_pagefind_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Pagefind that cannot be started, or that ends, is an error that says so."""
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "missing"))
    with pytest.raises(IndexingError, match="cannot be started"):
        _index(tmp_path / "a", 1, tmp_path)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/true")
    with pytest.raises(IndexingError, match=r"pagefind (ended|does not listen)"):
        _index(tmp_path / "b", 1, tmp_path)


def test_pagefind_that_refuses(tmp_path: Path) -> None:
    """What Pagefind itself says of a request is the error's text."""
    with Indexer() as broken, pytest.raises(IndexingError, match="not yet exist"):
        broken._ask(type="GetFiles", index_id=7)
