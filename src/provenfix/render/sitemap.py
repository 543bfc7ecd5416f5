"""sitemap.xml and robots.txt: every page in both languages, with the day it last changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement

from provenfix.evidence import ENVIRONMENTS
from provenfix.gitdates import written
from provenfix.history import Step
from provenfix.labels import LANGUAGES
from provenfix.load import COLUMNS, ENTRIES, EVIDENCE
from provenfix.render import changes, xml
from provenfix.render.files import DOCS
from provenfix.render.head import alternates
from provenfix.render.paths import ERRORS
from provenfix.render.site import Site
from provenfix.standing import Standing

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
_NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}


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
    sources = dict.fromkeys(names, _everything(standing)) | dict(_sources(standing, steps))
    for name in {*site.written}.difference(names):
        sources[name] = tuple(f"{DOCS}/{name}.{language}.md" for language in LANGUAGES)
    urls = Element("urlset", _NAMESPACES)
    for name, of_page in sorted(sources.items()):
        _add(urls, name, site.dates.last(*of_page), site)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {site.address(SITEMAP)}\n"
    return {SITEMAP: xml.document(urls), ROBOTS: robots}


def _add(urls: Element, name: str, changed: datetime | None, site: Site) -> None:
    addresses = alternates(name, site)
    for language in LANGUAGES:
        url = SubElement(urls, "url")
        SubElement(url, "loc").text = addresses[language]
        if changed:
            SubElement(url, "lastmod").text = written(changed)
        for other, address in addresses.items():
            link = {"rel": "alternate", "hreflang": other, "href": address}
            SubElement(url, "xhtml:link", link)


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
