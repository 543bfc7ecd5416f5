"""What the box needs to show its results: the words of every entry, by slug. Pure."""

from __future__ import annotations

import posixpath
from functools import partial

from provenfix.history import History
from provenfix.labels import Labels
from provenfix.render.paths import ERRORS, built
from provenfix.standing import EntryStanding
from provenfix.words import texts


def words(history: History, say: Labels) -> dict[str, dict[str, str]]:
    """The words of all entries, published and waiting, in one language.

    Args:
        history: Where each entry stands.
        say: The sentences of the language.

    Returns:
        Slug -> `title`; `url` relative to the site's root and `fix`, the title of the first fix,
        both empty for an entry that waits; `waiting`, for what it waits, or an empty text.
    """
    return {
        slug: history.kept(entry, "words", partial(_words, entry, say))
        for slug, entry in sorted(history.standing.entries.items())
    }


def _words(entry: EntryStanding, say: Labels) -> dict[str, str]:
    said = texts(entry.entry, say.language)
    if entry.waiting:
        reason = say.reason(entry.waiting)
        return {"title": said.title.text, "url": "", "fix": "", "waiting": reason}
    page = posixpath.dirname(built(f"{ERRORS}/{entry.entry.slug}.{say.language}.md"))
    fix = said.claims[entry.fixes[0].name].title.text
    return {"title": said.title.text, "url": f"{page}/", "fix": fix, "waiting": ""}
