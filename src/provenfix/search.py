"""The indexes of words over a built site: one per language, in shards of a few hundred pages."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from provenfix import digest
from provenfix.cache import Cache
from provenfix.indexer import Indexer, IndexingError

FOLDER = "pagefind"
"""Where the indexes lie on the built site."""
SHARDS = f"{FOLDER}/shards.json"
"""Which folders have the shards of a language beside the first, which lies in FOLDER itself."""
BODY = "<div data-pagefind-body>"
"""Where that begins of a built page whose words are searched; docs/overrides/main.html sets it."""

MOST = 256
"""Pages of a shard. An edit makes one anew; but whoever searches loads a part of each."""

_END = "</article>"
_KNOWN = "search"
"""Folder of the cache."""
_ENTRY = "pagefind-entry.json"
_PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.*")
"""What Pagefind's indexes have in common."""
_OTHERS = ("pagefind-*ui.*", "pagefind-highlight.js")
"""What Pagefind writes for looks of its own; the box has its own."""
_LARGE = re.compile(
    r"<(?:(details|form)\b.*?</\1>"
    r'|span class="pf-measured">.*?<span class="pf-mine"></span></span>)',
    re.DOTALL,
)
"""Most of a page, and nothing that the index has: a part of `LEFT_OUT` that is found cheaply."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page whose words are searched.

    Args:
        address: Its URL below the site's root.
        language: Its language.
        content: Digest of what it says.
    """

    address: str
    language: str
    content: str


Shard = tuple[str, int]
"""A language, and the number of a part of its pages."""
Bundle = Mapping[str, bytes]
"""The files of an index, by path."""


def page(address: str, language: str, html: str) -> Page:
    """A page whose words are to be searched.

    Args:
        address: Its URL below the site's root.
        language: Its language.
        html: The built page.
    """
    return Page(address, language, digest.of_bytes(_said(html).encode()))


def index(
    site: Path,
    pages: Iterable[Page],
    cache: Cache,
    most: int = MOST,
    count: Callable[[int], Callable[[], object]] = lambda _: lambda: None,
) -> None:
    """Index pages of a built site, in the language of each.

    Args:
        site: The built site.
        pages: Its pages that carry `BODY`.
        cache: Has the shards whose pages are as they were.
        most: Pages of a shard.
        count: Told how many shards are to be made; what it returns is called after each.

    Raises:
        IndexingError: Pagefind is missing or failed, or there are no pages.
    """
    shards = _shards(pages, most)
    if not shards:
        raise IndexingError("there are no pages with words")
    bundles = _bundles(site, shards, cache, count)
    merged: dict[str, list[str]] = {}
    first: list[Bundle] = []
    files: dict[str, bytes] = {}
    for (language, number), bundle in bundles.items():
        if language not in merged:
            merged[language] = []
            first.append(bundle)
            files |= bundle
        else:
            name = f"{language}-{number}"
            merged[language].append(name)
            files |= {f"{name}/{path}": d for path, d in _without(_PROGRAM, bundle).items()}
    files[_ENTRY] = _entry(first)
    files[Path(SHARDS).name] = json.dumps(merged).encode()
    _put(site / FOLDER, files)


def _shards(pages: Iterable[Page], most: int) -> dict[Shard, list[Page]]:
    """The pages by language and shard, in one order."""
    languages: dict[str, list[Page]] = defaultdict(list)
    for one in sorted(pages, key=lambda one: (one.language, one.address)):
        languages[one.language].append(one)
    shards: dict[Shard, list[Page]] = defaultdict(list)
    for language, found in languages.items():
        # A power of two, so that the number changes rarely: otherwise each few hundred new pages
        # would move nearly all pages. When it does change, each shard is only parted in two.
        count = 1 << ((len(found) - 1) // most).bit_length()
        for one in found:
            shards[language, zlib.crc32(one.address.encode()) % count].append(one)
    return dict(sorted(shards.items()))


def _bundles(
    site: Path,
    shards: Mapping[Shard, list[Page]],
    cache: Cache,
    count: Callable[[int], Callable[[], object]],
) -> dict[Shard, Bundle]:
    """The index of each shard, from the cache or made on all cores."""
    names = {shard: f"{shard[0]}-{shard[1]}" for shard in shards}
    keys = {
        shard: digest.of_json([(one.address, one.content) for one in pages])
        for shard, pages in shards.items()
    }
    bundles = {shard: cache.get(f"{_KNOWN}/{names[shard]}", keys[shard]) for shard in shards}
    unknown = [shard for shard, bundle in bundles.items() if bundle is None]
    done = count(len(unknown))
    jobs = min(len(unknown), len(os.sched_getaffinity(0)))
    if jobs:
        shares = [[shards[shard] for shard in unknown[job::jobs]] for job in range(jobs)]
        with ThreadPoolExecutor(jobs) as pool:
            for job, made in enumerate(pool.map(partial(_made, site, done), shares)):
                bundles |= zip(unknown[job::jobs], made, strict=True)
    for shard in unknown:
        cache.put(f"{_KNOWN}/{names[shard]}", keys[shard], bundles[shard])
    cache.keep(_KNOWN, names.values())
    return bundles


def _made(site: Path, done: Callable[[], object], shards: Sequence[Sequence[Page]]) -> list[Bundle]:
    """The indexes of shards, by one process of Pagefind."""
    bundles = []
    with Indexer() as indexer:
        for pages in shards:
            made = indexer.index({f"/{one.address}": _document(site, one) for one in pages})
            bundles.append(_without(_OTHERS, made))
            done()
    return bundles


def _document(site: Path, one: Page) -> str:
    """What Pagefind is given of a page: to read the whole would take it as long as to index it."""
    said = _said((site / one.address / "index.html").read_text("utf-8"))
    return f'<html lang="{one.language}"><body>{_LARGE.sub("", said)}'


def _said(html: str) -> str:
    """What a page says, without header and footer."""
    return html.partition(BODY)[2].partition(_END)[0]


def _without(patterns: Sequence[str], bundle: Bundle) -> Bundle:
    return {
        path: data
        for path, data in bundle.items()
        if not any(fnmatch.fnmatch(path, pattern) for pattern in patterns)
    }


def _entry(bundles: Sequence[Bundle]) -> bytes:
    """Pagefind's list of languages, of indexes of one each, as if they had been made at once."""
    entries = [json.loads(bundle[_ENTRY]) for bundle in bundles]
    languages = {name: about for entry in entries for name, about in entry["languages"].items()}
    # In one order, for Pagefind's own differs from run to run.
    text = json.dumps(entries[0] | {"languages": languages}, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _put(folder: Path, files: Bundle) -> None:
    """Have just these files in a folder; those that are right already are left alone."""
    for parent in {(folder / path).parent for path in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        target = folder / path
        if not target.exists() or target.read_bytes() != data:
            target.unlink(missing_ok=True)
            target.write_bytes(data)
    for found in list(folder.rglob("*")):
        if found.is_file() and found.relative_to(folder).as_posix() not in files:
            found.unlink()
