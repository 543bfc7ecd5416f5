"""The lists of all errors for language models, in the form of llmstxt.org. Pure."""

from __future__ import annotations

from provenfix.labels import Labels, labels
from provenfix.render.api import places
from provenfix.render.paths import LLMS, address, twin
from provenfix.render.site import Site
from provenfix.render.twins import templates
from provenfix.render.views import Catalogue


def files(catalogue: Catalogue, site: Site, say: Labels) -> dict[str, str]:
    """What there is in a language: path below the site's root -> text.

    Args:
        catalogue: All errors.
        site: The site that their addresses are of.
        say: The language.
    """
    language = say.language

    def absolute(path: str) -> str:
        return site.url + path

    pages = ("how-we-verify", "for-machines", "matrix", "releases/index", "status")
    text = (
        templates(language)
        .get_template("llms.txt.j2")
        .render(
            catalogue=catalogue,
            absolute=absolute,
            twin=lambda slug: absolute(twin(slug, language)),
            places=places,
            others=[(labels(other), absolute(LLMS[other])) for other in LLMS if other != language],
            pages={name: absolute(address(f"{name}.{language}.md")) for name in pages},
        )
    )
    return {LLMS[language]: text.strip("\n") + "\n"}
