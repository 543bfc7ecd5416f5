"""What MkDocs and Material put around pages that are HTML already: built once, filled often.

A frame is built like any other page, with marks where one page differs from the next; the frame
itself is never published. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenfix.labels import Language
from provenfix.render.paged import PAGE
from provenfix.render.paths import ERRORS, RELEASES

ANY = "_"
"""Stands for the name of a page in the frame of many; no slug and no number can be it."""
HEAD, BODY = "<!--pf:head-->", "<!--pf:body-->"
"""Marks that docs/overrides/main.html sets."""
_CHAPTER = "pf-chapters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page of MkDocs whose content comes later.

    Args:
        name: The page below docs/, without language and suffix; `errors/_` is one for all pages
            in its folder.
        heading: The id of its pages' first heading, to which the way past the header leads.
        contents: Whether a table of contents stands beside the content.
        searched: Whether the words of its pages are searched: those that say something, not those
            that list others.
        anchors: Ids of headings that hand-written pages link to.
    """

    name: str
    heading: str
    contents: bool = True
    searched: bool = False
    anchors: tuple[str, ...] = ()

    @property
    def shared(self) -> bool:
        """Whether it is the frame of a whole folder."""
        return self.name.endswith(f"/{ANY}")


FRAMES = (
    Frame(name=f"{ERRORS}/{ANY}", heading="error", searched=True),
    Frame(name=f"{ERRORS}/index", heading="errors"),
    Frame(name=f"{ERRORS}/{PAGE}/{ANY}", heading="errors"),
    Frame(name="matrix", heading="matrix", contents=False),
    Frame(name=f"matrix/{PAGE}/{ANY}", heading="matrix", contents=False),
    Frame(name="status", heading="status", anchors=("entries", "withheld")),
    Frame(name=f"status/{PAGE}/{ANY}", heading="status"),
    Frame(name=f"{RELEASES}/{ANY}", heading="release"),
)
"""The frames of each language. A page has its own frame, or else the one of its folder."""
_NAMES = {frame.name for frame in FRAMES}


class ShellError(RuntimeError):
    """The theme did not keep every mark; holds which are missing."""


def source(frame: Frame, origin: str) -> str:
    """The Markdown of a frame.

    Args:
        frame: The frame.
        origin: The line that says what generated it.
    """
    hidden = "navigation" if frame.contents else "navigation, toc"
    lines = (
        "---",
        f"# {origin}",
        f"title: {ANY}",
        "shell: true",
        f"searched: {str(frame.searched).lower()}",
        f"hide: [{hidden}]",
        "---",
        "",
        f"# {ANY} {{: #{frame.heading} }}",
        *(f"\n## {ANY} {{: #{anchor} }}" for anchor in (_CHAPTER, *frame.anchors)),
    )
    return "\n".join(lines) + "\n"


def page_of(frame: Frame, language: Language) -> str:
    """The path of a frame below docs/."""
    return f"{frame.name}.{language}.md"


def frame_of(path: str) -> str:
    """The path of a page's frame; both below docs/, as if the page were Markdown.

    Raises:
        KeyError: No frame is made for it.
    """
    name, language, _ = path.rsplit(".", 2)
    shared = f"{name.rpartition('/')[0]}/{ANY}"
    found = next((known for known in (name, shared) if known in _NAMES), None)
    if found is None:
        raise KeyError(path)
    return f"{found}.{language}.md"


@dataclass(frozen=True, slots=True)
class Shell:
    """A page with slots.

    Args:
        parts: Texts and names of slots, by turns, beginning with a text.
    """

    parts: tuple[str, ...]

    def fill(self, name: str, head: str, chapters: str, body: str) -> str:
        """One page.

        Args:
            name: Its own part of its address, where the frame is that of a folder.
            head: What search engines and cards read, as HTML.
            chapters: The items of the table of contents, as HTML.
            body: The page itself, as HTML.
        """
        slots = {"name": f"/{name}/", "head": head, "chapters": chapters, "body": body}
        parts = list(self.parts)
        parts[1::2] = [slots[slot] for slot in self.parts[1::2]]
        return "".join(parts)


_SLOTS = re.compile(
    "|".join(
        (
            f"(?P<head>{HEAD})",
            f"(?P<body>{BODY})",
            rf'(?P<chapters><li class="md-nav__item">\s*<a href="#{_CHAPTER}".*?(?=</ul>))',
            f"(?P<name>/{ANY}/)",
        )
    ),
    re.DOTALL,
)


def cut(frame: Frame, html: str) -> Shell:
    """Make a shell of a built frame.

    Args:
        frame: The frame.
        html: Its page as MkDocs built it.

    Raises:
        ShellError: A mark is missing.
    """
    parts, end = [], 0
    for found in _SLOTS.finditer(html):
        assert found.lastgroup, "every alternative of the expression has a name"
        parts += [html[end : found.start()], found.lastgroup]
        end = found.end()
    needed = {"head", "body"} | ({"chapters"} if frame.contents else set())
    needed |= {"name"} if frame.shared else set()
    missing = sorted(needed - set(parts[1::2]))
    if missing:
        raise ShellError(f"docs/overrides keep no place for: {', '.join(missing)}")
    return Shell((*parts, html[end:]))
