"""All that a site is made of but the pages of single errors, worked out together.

What several pages are made of, like the list of all errors, is made once for a language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from provenfix import parallel
from provenfix.cache import Cache
from provenfix.history import History, Step
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.render import feeds, listed, lists, llms, pages, sitemap
from provenfix.render.articles import Article, articles
from provenfix.render.bodies import Body
from provenfix.render.site import LOCAL, Site
from provenfix.rows import Rows
from provenfix.standing import Standing
from provenfix.vocabulary import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What is not the page of an error.

    Args:
        pages: What MkDocs builds the site of: path below docs/ -> text.
        lists: The pages that list errors.
        verbatim: What MkDocs must not see: path below the site's root -> text.
        articles: What is said of the pages of errors, by language.
    """

    pages: Mapping[str, str]
    lists: tuple[Body, ...]
    verbatim: Mapping[str, str]
    articles: Mapping[Language, tuple[Article, ...]]


def generate(
    house: House, standing: Standing, site: Site = LOCAL, cache: Cache | None = None
) -> Generated:
    """Everything but the pages of errors, both languages at the same time.

    Args:
        house: The entries and their vocabularies.
        standing: Where each entry stands; only published entries get a page.
        site: The site it is for.
        cache: Knows what was said of entries that stand as they did.
    """

    def of(language: Language) -> tuple[Generated, list[Step]]:
        rows = Rows(cache, f"lists-{language}")
        history = History(standing, rows)
        made = _of(language, house, history, site)
        rows.keep()
        return made, history.steps

    # One here and the others beside: to hand a result back takes a tenth of making it.
    first, *others = LANGUAGES
    beside = [parallel.aside(partial(of, language)) for language in others]
    return _both(standing, site, [of(first), *(end() for end in beside)])


def _both(
    standing: Standing, site: Site, found: Sequence[tuple[Generated, list[Step]]]
) -> Generated:
    both = [made for made, _ in found]
    files = {path: text for made in both for path, text in made.pages.items()}
    steps = found[0][1]
    maps = sitemap.files(standing, steps, site, files, listed.names(standing, steps))
    return Generated(
        pages=files | maps | pages.frames(),
        lists=tuple(body for made in both for body in made.lists),
        verbatim={path: text for made in both for path, text in made.verbatim.items()},
        articles={of: known for made in both for of, known in made.articles.items()},
    )


def _of(language: Language, house: House, history: History, site: Site) -> Generated:
    """The same in one language, without what both have in common."""
    say = labels(language)
    known = articles(history, site.dates, say)
    catalogue = lists.catalogue(house, history, say)
    return Generated(
        pages=pages.of(catalogue, history, site, say) | feeds.files(history, known, site, say),
        lists=tuple(listed.pages(catalogue, history, say)),
        verbatim=llms.files(catalogue, site, say),
        articles={language: known},
    )
