"""Short addresses of pages, and old ones: `/e/<slug>/` and those of aliases. Pure.

They are small files of their own that lead on, with the query and the place on the page; without
scripts as well.
"""

from __future__ import annotations

from html import escape

from provenfix.labels import LANGUAGES, Labels, labels
from provenfix.render.paths import ERRORS
from provenfix.render.site import Site
from provenfix.standing import EntryStanding
from provenfix.words import texts

SHORT = "e"
"""The folder of short addresses."""

_POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'"

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
<script src="{root}assets/js/redirect.js" data-to="{to}"></script>
</head>
<body><p><a href="{to}">{title}</a></p></body>
</html>
"""


def of_entry(entry: EntryStanding, site: Site) -> dict[str, str]:
    """Path below the site's root -> the file that leads on, for an entry in all languages.

    A waiting entry has no page; its short address leads to the page that says what it waits for.

    Args:
        entry: The entry.
        site: The site that its canonical addresses are of.
    """
    found = {}
    slug, aliases = entry.entry.slug, entry.entry.facts.aliases
    page = f"{ERRORS}/{slug}/" if entry.published else "status/"
    short = (f"{SHORT}/{name}" for name in (slug, *aliases))
    paths = (*short, *(f"{ERRORS}/{alias}" for alias in aliases))
    for language in LANGUAGES:
        prefix = "" if language == "en" else f"{language}/"
        for path in paths:
            address = f"{prefix}{path}/index.html"
            found[address] = _page(entry, labels(language), address, prefix + page, site)
    return found


def _page(entry: EntryStanding, say: Labels, address: str, page: str, site: Site) -> str:
    root = "../" * address.count("/")
    return _PAGE.format(
        language=say.language,
        policy=_POLICY,
        title=escape(texts(entry.entry, say.language).title.text.replace("`", "")),
        canonical=escape(site.url + page),
        to=root + page,
        root=root,
    )
