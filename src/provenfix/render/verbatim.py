"""Files of the site that MkDocs must not read as pages: path below its root -> text. Pure."""

from __future__ import annotations

from provenfix.labels import LANGUAGES, Language, labels
from provenfix.render import lists, permalinks
from provenfix.render.api import places
from provenfix.render.paths import LLMS, address, twin
from provenfix.render.site import Site
from provenfix.render.twins import templates, twins
from provenfix.standing import Standing
from provenfix.vocabulary import House


def verbatim(house: House, standing: Standing, site: Site) -> dict[str, str]:
    """Every file that is put into the built site as it stands: raw Markdown, llms.txt, permalinks.

    A build makes the raw Markdown of a page together with the page (`assemble`).

    Args:
        house: The entries and their vocabularies.
        standing: Where each entry stands; only published entries have a page.
        site: The site that their addresses are of.
    """
    return twins(house, standing, site) | lists_and_links(house, standing, site)


def lists_and_links(house: House, standing: Standing, site: Site) -> dict[str, str]:
    """The same without the raw Markdown of pages."""
    lists_of_errors = {
        LLMS[language]: _llms(house, standing, site, language) for language in LANGUAGES
    }
    return lists_of_errors | permalinks.files(standing, site)


def _llms(house: House, standing: Standing, site: Site, language: Language) -> str:
    """What there is, in the form of llmstxt.org."""
    say = labels(language)

    def absolute(path: str) -> str:
        return site.url + path

    pages = ("how-we-verify", "for-machines", "matrix", "releases/index", "status")
    text = (
        templates(language)
        .get_template("llms.txt.j2")
        .render(
            catalogue=lists.catalogue(house, standing, say),
            absolute=absolute,
            twin=lambda slug: absolute(twin(slug, language)),
            places=places,
            others=[(labels(other), absolute(LLMS[other])) for other in LLMS if other != language],
            pages={name: absolute(address(f"{name}.{language}.md")) for name in pages},
        )
    )
    return text.strip("\n") + "\n"
