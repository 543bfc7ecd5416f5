"""The indexes of words over a built site: one per language, in shards of a few hundred pages."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from provenfix import digest
from provenfix.cache import Cache
from provenfix.files import write
from provenfix.indexer import Indexer, IndexingError

FOLDER = "pagefind"
"""Where the indexes lie on the built site."""
SHARDS = f"{FOLDER}/shards.json"
"""Which folders have the shards of a language beside the first, which lies in FOLDER itself."""

MOST = 256
"""Pages of a shard. An edit makes one anew; but whoever searches loads a part of each."""

_PAGES = f"{FOLDER}/pages"
"""Where pages wait until they are indexed; gone afterwards."""
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

Documents = dict[str, str]
"""URL below the site's root, with a slash in front -> HTML."""
Bundle = Mapping[str, bytes]
"""The files of an index, by path."""
Shard = tuple[str, int]
"""A language, and the number of a part of its pages."""


def add(site: Path, address: str, language: str, html: str) -> None:
    """Let a page be found by its words once the site is indexed.

    Args:
        site: The built site.
        address: The page's URL below the site's root, with a slash at its end.
        language: Its language.
        html: What it says, without header and footer.
    """
    text = f'<html lang="{language}"><body>{_LARGE.sub("", html)}'
    write(site / _PAGES / language / f"{address.removesuffix('/')}.html", text)


def index(site: Path, cache: Cache, most: int = MOST) -> None:
    """Index the pages that were added, in the language of each.

    Args:
        site: The built site.
        cache: Has the shards whose pages are as they were.
        most: Pages of a shard.

    Raises:
        IndexingError: Pagefind is missing or failed, or there are no pages.
    """
    shards = _shards(site / _PAGES, most)
    if not shards:
        raise IndexingError("no pages were added")
    bundles = _bundles(shards, cache)
    shutil.rmtree(site / FOLDER)
    first = {language: next(s for of, s in bundles if of == language) for language, _ in bundles}
    merged: dict[str, list[str]] = {language: [] for language in first}
    for (language, shard), bundle in bundles.items():
        if shard == first[language]:
            _put(site / FOLDER, bundle)
        else:
            merged[language].append(f"{language}-{shard}")
            _put(site / FOLDER / f"{language}-{shard}", _without(_PROGRAM, bundle))
    _put(site / FOLDER, {_ENTRY: _entry([bundles[key] for key in first.items()])})
    write(site / SHARDS, json.dumps(merged, sort_keys=True))


def _shards(pages: Path, most: int) -> dict[Shard, Documents]:
    """The pages by language and shard."""
    shards: dict[Shard, Documents] = defaultdict(dict)
    for folder in sorted(pages.glob("*")):
        found = sorted(folder.rglob("*.html"))
        # A power of two, so that growth by half a dozen entries moves no page, and when the number
        # does change, each shard is parted in two.
        count = 1 << ((len(found) - 1) // most).bit_length()
        for path in found:
            url = f"/{path.relative_to(folder).as_posix().removesuffix('.html')}/"
            shard = zlib.crc32(url.encode()) % count
            shards[folder.name, shard][url] = path.read_text("utf-8")
    return dict(sorted(shards.items()))


def _bundles(shards: Mapping[Shard, Documents], cache: Cache) -> dict[Shard, Bundle]:
    """The index of each shard, from the cache or made on all cores."""
    names = {key: f"{key[0]}-{key[1]}" for key in shards}
    keys = {key: digest.of_json(documents) for key, documents in shards.items()}
    bundles = {key: cache.get(f"{_KNOWN}/{names[key]}", keys[key]) for key in shards}
    unknown = [key for key, bundle in bundles.items() if bundle is None]
    jobs = min(len(unknown), len(os.sched_getaffinity(0)))
    with ThreadPoolExecutor(jobs or 1) as pool:
        shares = [unknown[job::jobs] for job in range(jobs)]
        made = pool.map(_made, ([shards[key] for key in share] for share in shares))
        for share, results in zip(shares, made, strict=True):
            bundles.update(zip(share, results, strict=True))
    for key in unknown:
        cache.put(f"{_KNOWN}/{names[key]}", keys[key], bundles[key])
    cache.keep(_KNOWN, names.values())
    return bundles


def _made(shards: Sequence[Documents]) -> list[Bundle]:
    with Indexer() as indexer:
        return [_without(_OTHERS, indexer.index(documents)) for documents in shards]


def _without(patterns: Sequence[str], bundle: Bundle) -> Bundle:
    return {
        path: data
        for path, data in bundle.items()
        if not any(fnmatch.fnmatch(path, pattern) for pattern in patterns)
    }


def _entry(bundles: Sequence[Bundle]) -> bytes:
    """Pagefind's list of languages, of indexes that have one each, as if they had been made at
    once; in one order, for Pagefind's own differs from run to run."""
    entries = [json.loads(bundle[_ENTRY]) for bundle in bundles]
    languages = {name: about for entry in entries for name, about in entry["languages"].items()}
    whole = {**entries[0], "languages": languages}
    return json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()


def _put(folder: Path, bundle: Bundle) -> None:
    for parent in {(folder / path).parent for path in bundle}:
        parent.mkdir(parents=True, exist_ok=True)
    for path, data in bundle.items():
        (folder / path).write_bytes(data)
