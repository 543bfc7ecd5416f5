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

    A build makes what belongs to one entry together with its page (`assemble`).

    Args:
        house: The entries and their vocabularies.
        standing: Where each entry stands; only published entries have a page.
        site: The site that their addresses are of.
    """
    links = [permalinks.of_entry(entry, site) for entry in standing.entries.values()]
    leading = {path: text for of_one in links for path, text in of_one.items()}
    return twins(house, standing, site) | llms(house, standing, site) | leading


def llms(house: House, standing: Standing, site: Site) -> dict[str, str]:
    """The lists for language models."""
    return {LLMS[language]: _llms(house, standing, site, language) for language in LANGUAGES}


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
