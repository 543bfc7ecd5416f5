"""Where the documents lie, and links to them: absolute ones from the site's address. Pure."""

from __future__ import annotations

from provenfix.labels import LANGUAGES, Language
from provenfix.render.api.parts import Both, Link
from provenfix.render.paths import API, ERRORS, address, twin
from provenfix.render.site import Site

ROOT = f"{API}/v1"
"""The folder of version 1 below docs/ and below the site's root."""

INDEX = f"{ROOT}/index.json"
ENVIRONMENTS = f"{ROOT}/environments.json"
SIGNATURES = f"{ROOT}/signatures.json"
DUMP = f"{ROOT}/dump.ndjson"
DUMP_SHA256 = f"{DUMP}.sha256"
OPENAPI = f"{ROOT}/openapi.json"


def entry(slug: str) -> str:
    """The path of an entry's document."""
    return f"{ROOT}/entries/{slug}.json"


def schema(name: str) -> str:
    """The path of a document's JSON Schema."""
    return f"{ROOT}/schemas/{name}.schema.json"


def link(site: Site, path: str) -> Link:
    """A link to a path below the site's root."""
    return Link(path=path, url=site.url + path)


def page(site: Site, slug: str) -> Both:
    """Links to both pages of an error."""

    def of(language: Language) -> Link:
        return link(site, address(f"{ERRORS}/{slug}.{language}.md"))

    return Both(en=of("en"), zh=of("zh"))


def markdown(site: Site, slug: str) -> Both:
    """Links to both raw Markdown twins of an error's page."""
    paths = twins(slug)
    return Both(en=link(site, paths["en"]), zh=link(site, paths["zh"]))


def twins(slug: str) -> dict[Language, str]:
    """The paths of both raw Markdown twins below the site's root."""
    return {language: twin(slug, language) for language in LANGUAGES}
