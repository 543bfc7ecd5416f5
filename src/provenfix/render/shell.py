"""What MkDocs and Material put around the page of an error: built once per language, filled often.

A page named `errors/_` is built like any other, with marks where one page differs from the next.
It is never published. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenfix.labels import Language
from provenfix.render.paths import ERRORS

NAME = "_"
"""No slug can have this name."""
HEAD, BODY = "<!--pf:head-->", "<!--pf:body-->"
"""Marks that docs/overrides/main.html sets."""
_CHAPTER = "pf-chapters"
_SLUG = f"{ERRORS}/{NAME}/"
_SLOTS = re.compile(
    "|".join(
        (
            f"(?P<head>{HEAD})",
            f"(?P<body>{BODY})",
            rf'(?P<chapters><li class="md-nav__item">\s*<a href="#{_CHAPTER}".*?</li>)',
            f"(?P<slug>{re.escape(_SLUG)})",
        )
    ),
    re.DOTALL,
)

_SOURCE = f"""\
---
# {{origin}}
title: {NAME}
shell: true
---

# {NAME} {{{{: #error }}}}

## {NAME} {{{{: #{_CHAPTER} }}}}
"""


class ShellError(RuntimeError):
    """The theme did not keep every mark; holds which are missing."""


def source(origin: str) -> str:
    """The Markdown of the page that becomes a shell.

    Args:
        origin: The line that says what generated it.
    """
    return _SOURCE.format(origin=origin)


def page_of(language: Language) -> str:
    """Its path below docs/."""
    return f"{ERRORS}/{NAME}.{language}.md"


@dataclass(frozen=True, slots=True)
class Shell:
    """A page with slots.

    Args:
        parts: Texts and names of slots, by turns, beginning with a text.
    """

    parts: tuple[str, ...]

    def fill(self, slug: str, head: str, chapters: str, body: str) -> str:
        """The page of an error.

        Args:
            slug: The error.
            head: What search engines and cards read, as HTML.
            chapters: The items of the table of contents, as HTML.
            body: The page itself, as HTML.
        """
        slots = {"slug": f"{ERRORS}/{slug}/", "head": head, "chapters": chapters, "body": body}
        parts = list(self.parts)
        parts[1::2] = [slots[name] for name in self.parts[1::2]]
        return "".join(parts)


def cut(html: str) -> Shell:
    """Make a shell of the built page.

    Args:
        html: The page `source` as MkDocs built it.

    Raises:
        ShellError: A mark is missing.
    """
    parts, end = [], 0
    for found in _SLOTS.finditer(html):
        assert found.lastgroup, "every alternative of the expression has a name"
        parts += [html[end : found.start()], found.lastgroup]
        end = found.end()
    missing = sorted({"head", "body", "chapters", "slug"} - set(parts[1::2]))
    if missing:
        raise ShellError(f"docs/overrides keep no place for: {', '.join(missing)}")
    return Shell((*parts, html[end:]))
