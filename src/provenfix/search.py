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
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from provenfix import digest, files
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
_NAMED = (".pf_fragment", ".pf_index")
"""Thousands of files that Pagefind names by their content: of the same size, they are the same."""
_LARGE = re.compile(
    r"<(?:(details|form)\b.*?</\1>"
    r'|section class="pf-how">.*?</section>'
    r'|div class="pf-scroll pf-scroll--versions".*?</table>\n</div>'
    r'|p class="pf-verdict">.*?</p>)',
    re.DOTALL,
)
"""Most of a page, and nothing that the index has: a part of `LEFT_OUT` that is found cheaply."""


class Page(NamedTuple):
    """A page whose words are searched.

    Attributes:
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
    keys = {
        shard: digest.of_json([(one.address, one.content) for one in pages])
        for shard, pages in shards.items()
    }
    folder = _Folder(site / FOLDER, shards)
    known = {shard for shard in shards if folder.take(shard, cache.get(_name(shard), keys[shard]))}

    def made(shard: Shard, bundle: Bundle) -> None:
        cache.put(_name(shard), keys[shard], bundle)
        folder.take(shard, bundle)

    _make(site, {shard: shards[shard] for shard in shards if shard not in known}, made, count)
    cache.keep(_KNOWN, (_name(shard).removeprefix(f"{_KNOWN}/") for shard in shards))
    folder.finish()


def _name(shard: Shard) -> str:
    """The name of a shard in the cache."""
    return f"{_KNOWN}/{shard[0]}-{shard[1]}"


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


def _make(
    site: Path,
    shards: Mapping[Shard, list[Page]],
    made: Callable[[Shard, Bundle], None],
    count: Callable[[int], Callable[[], object]],
) -> None:
    """Make the indexes of shards on all cores, by one process of Pagefind on each.

    Neighbours go to one process, so that few load what parts Chinese into words: it takes as much
    memory as all the rest.
    """
    done, lock = count(len(shards)), Lock()

    def work(share: Sequence[Shard]) -> None:
        with Indexer() as indexer:
            for shard in share:
                documents = {f"/{one.address}": _document(site, one) for one in shards[shard]}
                bundle = _without(_OTHERS, indexer.index(documents))
                with lock:
                    made(shard, bundle)
                    done()

    jobs = min(len(shards), len(os.sched_getaffinity(0)))
    if jobs:
        with ThreadPoolExecutor(jobs) as pool:
            ends = [len(shards) * job // jobs for job in range(jobs + 1)]
            list(pool.map(work, (list(shards)[a:b] for a, b in pairwise(ends))))


class _Folder:
    """The folder of all indexes; of the bundles that come nothing is kept in memory.

    Args:
        folder: Where.
        shards: All of them, in their order; the first of each language lies in the folder itself.
    """

    def __init__(self, folder: Path, shards: Iterable[Shard]) -> None:
        self._folder = folder
        self._names: dict[Shard, str] = {}
        self._further: dict[str, list[str]] = {}
        for language, number in shards:
            others = self._further.get(language)
            self._names[language, number] = "" if others is None else f"{language}-{number}/"
            self._further.setdefault(language, [])
            if others is not None:
                others.append(f"{language}-{number}")
        self._entries: dict[str, bytes] = {}
        self._paths: set[str] = set()
        found, _ = files.below(folder)
        self._sizes = {path: one.st_size for path, one in found.items()}

    def take(self, shard: Shard, bundle: Bundle | None) -> bool:
        """Put a shard's index in its place; False if there is none."""
        if bundle is None:
            return False
        name = self._names[shard]
        if name:
            bundle = _without(_PROGRAM, bundle)
        else:
            self._entries[shard[0]] = bundle[_ENTRY]
            bundle = _without((_ENTRY,), bundle)
        for path, data in bundle.items():
            self._put(name + path, data)
        return True

    def finish(self) -> None:
        """Write what tells of all indexes, and remove what belongs to none."""
        self._put(_ENTRY, _entry([self._entries[language] for language in self._further]))
        self._put(Path(SHARDS).name, json.dumps(self._further).encode())
        for path in self._sizes.keys() - self._paths:
            (self._folder / path).unlink()

    def _put(self, path: str, data: bytes) -> None:
        """Have a file; one that is right already is left alone."""
        self._paths.add(path)
        target = self._folder / path
        if self._sizes.get(path) == len(data) and (
            path.endswith(_NAMED) or target.read_bytes() == data
        ):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(data)


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


def _entry(entries: Sequence[bytes]) -> bytes:
    """Pagefind's list of languages, of indexes of one each, as if they had been made at once."""
    known = [json.loads(entry) for entry in entries]
    languages = {name: about for one in known for name, about in one["languages"].items()}
    # In one order, for Pagefind's own differs from run to run.
    text = json.dumps(known[0] | {"languages": languages}, sort_keys=True, separators=(",", ":"))
    return text.encode()
