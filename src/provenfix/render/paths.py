"""Where generated files end up on the built site, and how one refers to another."""

from __future__ import annotations

from functools import lru_cache

ERRORS = "errors"
RELEASES = "releases"
API = "api"
FEEDS = "feeds"
CARDS = "cards"
"""Folders below docs/ that hold generated files only."""

_KNOWN = 1024
"""Addresses kept: those that every page links to, not those of all pages."""

LLMS = {"en": "llms.txt", "zh": "zh/llms.txt"}
"""The list for language models below the site's root, by language."""


@lru_cache(_KNOWN)
def built(path: str) -> str:
    """Where a file below docs/ ends up: `errors/x.zh.md` in `zh/errors/x/index.html`."""
    if not path.endswith(".md"):
        return path
    name, language = path.removesuffix(".md").rsplit(".", 1)
    parent, _, last = name.rpartition("/")
    folder = parent if last == "index" else name
    root = "" if language == "en" else f"{language}/"
    return f"{root}{folder}/index.html" if folder else f"{root}index.html"


def address(path: str) -> str:
    """The URL of a page below the site's root: `errors/x.zh.md` is at `zh/errors/x/`."""
    return built(path).removesuffix("index.html")


@lru_cache(_KNOWN)
def relative(path: str, page: str) -> str:
    """The URL of a file below docs/ as seen from a page; both as paths below docs/.

    Pages link to each other in Markdown. Other files need this: the i18n plugin knows them in the
    default language only.
    """
    to, here = built(path).split("/"), built(page).split("/")[:-1]
    shared = 0
    while shared < min(len(here), len(to) - 1) and to[shared] == here[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(to[shared:])


def to_page(path: str, page: str) -> str:
    """The URL of a page as seen from another one; both as paths below docs/."""
    return relative(path, page).removesuffix("index.html")


def card(slug: str, language: str) -> str:
    """Where the card of an entry lies below docs/."""
    return f"{CARDS}/{slug}-{language}.png"


def twin(slug: str, language: str) -> str:
    """Where the raw Markdown twin of an error's page lies below the site's root."""
    return ("" if language == "en" else f"{language}/") + f"{ERRORS}/{slug}.md"
