"""sitemap.xml and robots.txt: every page in both languages, with the day it last changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from provenfix.evidence import ENVIRONMENTS
from provenfix.gitdates import written
from provenfix.history import Step
from provenfix.labels import LANGUAGES
from provenfix.load import COLUMNS, ENTRIES, EVIDENCE
from provenfix.render import changes
from provenfix.render.files import DOCS
from provenfix.render.head import alternates
from provenfix.render.paths import ERRORS
from provenfix.render.site import Site
from provenfix.standing import Standing

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
_BEGINNING = """\
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"\
 xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""


def files(
    standing: Standing,
    steps: Iterable[Step],
    site: Site,
    generated: Iterable[str],
    listed: Iterable[str],
) -> dict[str, str]:
    """The sitemap, and the file that leads to it.

    Args:
        standing: Where everything stands.
        steps: The changes of each release.
        site: The site, with its hand-written pages.
        generated: Paths of the generated files below docs/.
        listed: Names of the pages that list errors, without language and suffix.
    """
    end = f".{LANGUAGES[0]}.md"
    names = [*listed, *(path.removesuffix(end) for path in generated if path.endswith(end))]
    sources = dict(_sources(standing, steps))
    for name in {*site.written}.difference(names):
        sources[name] = tuple(f"{DOCS}/{name}.{language}.md" for language in LANGUAGES)
    dates = dict.fromkeys(names, site.dates.last(*_everything(standing)))
    dates |= {name: site.dates.last(*of_page) for name, of_page in sources.items()}
    urls = "".join(_urls(name, date, site) for name, date in sorted(dates.items()))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.address(SITEMAP)}\n"
    return {SITEMAP: f"{_BEGINNING}{urls}</urlset>\n", ROBOTS: robots}


def _urls(name: str, changed: datetime | None, site: Site) -> str:
    """A page in all languages, as text: thousands of elements take ten times as long."""
    addresses = alternates(name, site)
    date = f"    <lastmod>{written(changed)}</lastmod>\n" if changed else ""
    links = "".join(
        f'    <xhtml:link rel="alternate" hreflang="{other}" href={quoteattr(address)} />\n'
        for other, address in addresses.items()
    )
    return "".join(
        f"  <url>\n    <loc>{escape(addresses[language])}</loc>\n{date}{links}  </url>\n"
        for language in LANGUAGES
    )


def _sources(standing: Standing, steps: Iterable[Step]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Pages that are not made of everything, and what they are made of."""
    for entry in standing.published:
        slug = entry.entry.slug
        yield f"{ERRORS}/{slug}", (f"{ENTRIES}/{slug}", f"{EVIDENCE}/{slug}")
    for step in steps:
        pair = step.old.name, step.new.name
        observed = (f"{EVIDENCE}/{slug}/{name}.json" for slug in standing.entries for name in pair)
        named = (f"{ENTRIES}/{change.entry}" for change in step.changes)
        yield changes.page_of(step.new.torch), (*observed, *named)


def _everything(standing: Standing) -> tuple[str, ...]:
    return ENTRIES, COLUMNS, *(f"{EVIDENCE}/{of}" for of in (ENVIRONMENTS, *standing.entries))
