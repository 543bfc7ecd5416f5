"""What the head of a page says to search engines, cards and feed readers. Pure.

A page of ours is one of a pair, English and Chinese; both name each other and themselves. Chinese
is `zh` everywhere: in `<html lang>`, in `hreflang` and in JSON-LD.
"""

from __future__ import annotations

import html
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from provenfix.cards import Card
from provenfix.gitdates import written
from provenfix.labels import LANGUAGES, Labels, Language, labels
from provenfix.render import structured
from provenfix.render.articles import Article
from provenfix.render.feeds import FEEDS, feed_path
from provenfix.render.paths import ERRORS, card
from provenfix.render.site import Site

LOCALES = {"en": "en_US", "zh": "zh_CN"}
"""Languages as Open Graph names them."""
CARD = "assets/card.png"
"""The image that stands for a page that has none of its own, 1200 by 630."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of one page; nothing in it is escaped except `data`, which is ready.

    Args:
        title: For results and tabs, with the name of the site.
        heading: The same without it.
        kind: As Open Graph has it: `article` or `website`.
        alternates: The address for each language, and for `x-default`.
        locale, locale_other: This page's language and the other one, for Open Graph.
        image: The address of its card.
        image_alt: What the card shows, in words.
        published, modified: Dates of an article; empty if they are not known.
        feeds: Title and address of each feed of the language.
        data: JSON-LD; empty if there is none.
    """

    title: str
    heading: str
    description: str
    kind: str
    url: str
    alternates: dict[str, str]
    locale: str
    locale_other: str
    image: str
    image_alt: str
    published: str
    modified: str
    feeds: tuple[tuple[str, str], ...]
    data: str


@dataclass(frozen=True, slots=True)
class Heads:
    """Knows the heads of all pages of the site.

    Args:
        site: The site.
        articles: The pages of errors, by their path below docs/.
        feeds: The paths of the feeds that there are, below docs/.
        cards: The cards that are drawn, by their path below docs/.
    """

    site: Site
    articles: Mapping[str, Article] = field(default_factory=dict)
    feeds: tuple[str, ...] = ()
    cards: Mapping[str, Card] = field(default_factory=dict)

    def __call__(self, path: str, title: str, description: str) -> Head:
        """The head of a page.

        Args:
            path: The page's path below docs/, like `errors/backward-twice.zh.md`.
            title: Its title, as HTML.
            description: Its description, as HTML.
        """
        name, language = split(path)
        say, article = labels(language), self.articles.get(path)
        heading = article.title if article else html.unescape(title)
        said = article.description if article else html.unescape(description)
        image, alt = self._card(article, say)
        data = structured.article(article, image, self.site, say) if article else []
        if name == "index":
            data = structured.home(said, self.site, say)
        return Head(
            title=say("seo.title", title=heading),
            heading=heading,
            description=said,
            kind="article" if article else "website",
            url=self.site.address(path),
            alternates=alternates(name, self.site),
            locale=LOCALES[language],
            locale_other=next(locale for of, locale in LOCALES.items() if of != language),
            image=image,
            image_alt=alt,
            published=_date(article.published if article else None),
            modified=_date(article.modified if article else None),
            feeds=tuple(
                (say(f"seo.{feed}_feed"), self.site.address(path))
                for feed in FEEDS
                if (path := feed_path(feed, language)) in self.feeds
            ),
            data=structured.script(data),
        )

    def _card(self, article: Article | None, say: Labels) -> tuple[str, str]:
        """The address of a page's card, and what it shows."""
        path = card(article.slug, say.language) if article else ""
        if path in self.cards:
            return self.site.address(path), self.cards[path].alt
        return self.site.address(CARD), say("card.site")


def heads(
    articles: Mapping[Language, Iterable[Article]],
    site: Site,
    files: Container[str],
    cards: Mapping[str, Card] | None = None,
) -> Heads:
    """The heads of all pages.

    Args:
        articles: What is said of the pages of errors, by language.
        site: The site.
        files: The paths of all generated files below docs/.
        cards: The cards that are drawn, by their path below docs/.
    """
    found = {
        f"{ERRORS}/{article.slug}.{language}.md": article
        for language, known in articles.items()
        for article in known
    }
    paths = (feed_path(feed, language) for language in LANGUAGES for feed in FEEDS)
    return Heads(site, found, tuple(path for path in paths if path in files), cards or {})


def alternates(name: str, site: Site) -> dict[str, str]:
    """The address of a page in each language; English for all others.

    Args:
        name: The page's path below docs/, without language and suffix.
        site: The site.
    """
    found: dict[str, str] = {
        language: site.address(f"{name}.{language}.md") for language in LANGUAGES
    }
    return found | {"x-default": found["en"]}


def split(path: str) -> tuple[str, Language]:
    """A page's path below docs/ without language and suffix, and its language.

    Raises:
        ValueError: The path names no language.
    """
    name = path.removesuffix(".md")
    for language in LANGUAGES:
        if name.endswith(f".{language}"):
            return name.removesuffix(f".{language}"), language
    raise ValueError(f"a page's path must name its language (got {path!r})")


def _date(date: datetime | None) -> str:
    return written(date) if date else ""
