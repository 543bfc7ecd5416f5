"""Links between errors. Pure."""

from __future__ import annotations

from provenfix import words
from provenfix.labels import Labels
from provenfix.render.views import Link
from provenfix.standing import Standing
from provenfix.words import Text


def link(standing: Standing, slug: str, say: Labels) -> Link:
    """An entry by its title; a link if it is published."""
    entry = standing.entries.get(slug)
    if entry is None:
        return Link(title=Text(slug))
    return Link(
        title=words.title(entry.entry, say.language),
        target=f"{slug}.md" if entry.published else "",
    )


def anchor(claim: str) -> str:
    """The id of a claim on its page."""
    return claim.replace("_", "-")
