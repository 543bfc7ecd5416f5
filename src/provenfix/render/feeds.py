"""Atom feeds of each language: new errors, and what changed from release to release. Pure.

Every date is one of the history; what has no known date is in no feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement

from provenfix.gitdates import Dates, latest, written
from provenfix.history import History
from provenfix.labels import Labels, Language
from provenfix.load import EVIDENCE
from provenfix.render import changes, paths, xml
from provenfix.render.articles import Article
from provenfix.render.paths import ERRORS, RELEASES
from provenfix.render.site import NAME, Site
from provenfix.standing import EntryStanding

FEEDS = ("new", "changes")
_NEWEST = 50
_NAMESPACE = UUID("5f1a3c52-6f0e-4f0b-9d0c-3b1f3d9a7c11")
"""Of the ids, which say nothing of an address: the site may move, what was read stays read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed; `name` is its identity, the same for ever."""

    name: str
    title: str
    summary: str
    url: str
    published: datetime
    updated: datetime


def feed_path(feed: str, language: Language) -> str:
    """The path of a feed below docs/; a dot before the language is the i18n plugin's own."""
    return f"{paths.FEEDS}/{feed}-{language}.xml"


def files(history: History, articles: Iterable[Article], site: Site, say: Labels) -> dict[str, str]:
    """The feeds of a language; a feed without items is left out.

    Args:
        history: How the releases differ.
        articles: The pages of errors in the language.
        site: The site.
        say: The language.
    """
    by_slug = {article.slug: article for article in articles}
    found = {
        "new": _new(by_slug.values(), site, say),
        "changes": _changes(history, by_slug, say, site),
    }
    pages = {"new": f"{ERRORS}/index", "changes": f"{RELEASES}/index"}
    made = {}
    for feed, items in found.items():
        newest = sorted(items, key=lambda item: (item.published, item.name), reverse=True)
        if newest:
            page = site.address(f"{pages[feed]}.{say.language}.md")
            made[feed_path(feed, say.language)] = _feed(feed, newest[:_NEWEST], page, site, say)
    return made


def _new(articles: Iterable[Article], site: Site, say: Labels) -> Iterator[Item]:
    for article in articles:
        if article.published and article.modified:
            yield Item(
                name=f"error {article.slug}",
                title=article.title,
                summary=article.description,
                url=site.address(f"{ERRORS}/{article.slug}.{say.language}.md"),
                published=article.published,
                updated=article.modified,
            )


def _changes(
    history: History, articles: dict[str, Article], say: Labels, site: Site
) -> Iterator[Item]:
    standing = history.standing
    for entry in standing.published:
        slug = entry.entry.slug
        page = site.address(f"{ERRORS}/{slug}.{say.language}.md")
        for old, new, change in history.course(entry):
            dates = _recorded(entry, (old, new), site.dates)
            if dates is None:
                continue
            version = standing.environments[new].torch
            shown = " → ".join(filter(None, (change.old, change.new)))
            sentence = changes.sentence(change, entry, say).replace("`", "")
            yield Item(
                name=f"change {slug} {version} {change.kind} {change.claim or shown}",
                title=say(
                    "seo.change", version=version, change=sentence, title=articles[slug].title
                ),
                summary=shown or articles[slug].description,
                url=f"{page}#changes",
                published=dates[0],
                updated=dates[1],
            )


def _recorded(
    entry: EntryStanding, names: tuple[str, str], dates: Dates
) -> tuple[datetime, datetime] | None:
    """Since when both environments are on record, and when a record of them last changed."""
    paths = [f"{EVIDENCE}/{entry.entry.slug}/{name}.json" for name in names]
    published = latest(dates.added.get(path) for path in paths)
    updated = latest(dates.changed.get(path) for path in paths)
    return (published, updated) if published and updated else None


def _feed(feed: str, items: list[Item], page: str, site: Site, say: Labels) -> str:
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": say.language})
    _text(root, "id", _id(f"feed {feed}", say))
    _text(root, "title", say("seo.title", title=say(f"seo.{feed}_feed")))
    _text(root, "updated", written(max(item.updated for item in items)))
    own = site.address(feed_path(feed, say.language))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    author = SubElement(root, "author")
    _text(author, "name", NAME)
    _text(author, "uri", site.url)
    _text(root, "rights", "CC BY 4.0")
    for item in items:
        entry = SubElement(root, "entry")
        _text(entry, "id", _id(item.name, say))
        _text(entry, "title", item.title)
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.url})
        _text(entry, "published", written(item.published))
        _text(entry, "updated", written(item.updated))
        _text(entry, "summary", item.summary)
    return xml.document(root)


def _id(name: str, say: Labels) -> str:
    return f"urn:uuid:{uuid5(_NAMESPACE, f'{say.language} {name}')}"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
