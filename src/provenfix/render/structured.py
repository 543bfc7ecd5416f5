"""JSON-LD: what a page is, for machines (schema.org). Pure."""

from __future__ import annotations

import json
from typing import Any

from provenfix.gitdates import written
from provenfix.labels import Labels
from provenfix.render.articles import Article, shorten
from provenfix.render.paths import ERRORS
from provenfix.render.site import NAME, Site

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
_HEADLINE = 110
"""Columns that search engines take of a headline."""
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
"""What could end a script element, or a line of JavaScript."""


def script(data: list[dict[str, Any]]) -> str:
    """The content of the script element; empty if there is nothing to say."""
    if not data:
        return ""
    graph = {"@context": "https://schema.org", "@graph": data}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def article(article: Article, image: str, site: Site, say: Labels) -> list[dict[str, Any]]:
    """The page of an error: what it is about, and where it hangs.

    Args:
        article: The page.
        image: The address of its card.
        site: The site.
        say: The language.
    """
    url = site.address(f"{ERRORS}/{article.slug}.{say.language}.md")
    dates = {"datePublished": article.published, "dateModified": article.modified}
    return [
        {
            "@type": "TechArticle",
            "@id": f"{url}#article",
            "headline": shorten(article.title, _HEADLINE),
            "description": article.description,
            "inLanguage": say.language,
            "url": url,
            "mainEntityOfPage": url,
            "image": image,
            **{name: written(date) for name, date in dates.items() if date},
            "author": _organization(site),
            "publisher": _organization(site),
            "about": {
                "@type": "SoftwareApplication",
                "name": "PyTorch",
                "applicationCategory": "DeveloperApplication",
                "softwareVersion": article.versions,
            },
            "license": LICENSE,
            "isAccessibleForFree": True,
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                _crumb(1, NAME, site.address(f"index.{say.language}.md")),
                _crumb(2, say("site.errors"), site.address(f"{ERRORS}/index.{say.language}.md")),
                _crumb(3, article.title, url),
            ],
        },
    ]


def home(description: str, site: Site, say: Labels) -> list[dict[str, Any]]:
    """The home page: the site, and how to search it."""
    url = site.address(f"index.{say.language}.md")
    return [
        {
            "@type": "WebSite",
            "@id": f"{url}#website",
            "name": NAME,
            "description": description,
            "inLanguage": say.language,
            "url": url,
            "publisher": _organization(site),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{url}?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        }
    ]


def _organization(site: Site) -> dict[str, Any]:
    return {"@type": "Organization", "name": NAME, "url": site.url}


def _crumb(position: int, name: str, url: str) -> dict[str, Any]:
    return {"@type": "ListItem", "position": position, "name": name, "item": url}
