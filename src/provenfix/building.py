"""What one build of the site knows from its beginning to its end, whatever MkDocs does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment

from provenfix import digest, garbage, render, search
from provenfix.cache import Cache
from provenfix.cards import Card
from provenfix.cli.common import read_evidence
from provenfix.labels import LANGUAGES, Language
from provenfix.load import load
from provenfix.render.head import Heads
from provenfix.render.shell import Shell
from provenfix.standing import Standing, stand
from provenfix.vocabulary import House

OVERRIDES = "docs/overrides"
FRAMES = {render.frame_page(frame, of): frame for frame in render.FRAMES for of in LANGUAGES}
"""By their paths below docs/; they become no page of their own."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        # Pagefind's index is read by WebAssembly.
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        # Material's stylesheet holds its icons as data.
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)


@dataclass(frozen=True, slots=True)
class Content:
    """What the site is about.

    Args:
        house, standing: What is proven.
        generated: What is made of everything.
        cards: The cards that are drawn.
        heads: The heads of all pages.
    """

    house: House
    standing: Standing
    generated: render.Generated
    cards: dict[str, Card]
    heads: Heads


@dataclass(slots=True)
class Build:
    """What one build knows; a new one begins with each `on_pre_build`.

    Args:
        content: What the site is about, until it is there.
        built: The folder in which MkDocs builds.
        turn: The site that is made.
        themes: The theme's templates, by language.
        shells: What stands around pages that are HTML already, by the path of its frame.
        searched: The pages of MkDocs whose words are searched.
    """

    content: Content
    built: Path
    turn: render.Turn
    themes: dict[Language, Environment] = field(default_factory=dict)
    shells: dict[str, Shell] = field(default_factory=dict)
    searched: list[search.Page] = field(default_factory=list)

    def missing(self) -> list[str]:
        """The pages that are not on the built site; MkDocs says nothing of what it left out."""
        content = self.content
        rendered = content.generated.pages.keys() - FRAMES.keys()
        lists = (page.path for page in content.generated.lists)
        pages = *render.error_pages(content.standing), *lists
        return render.missing(self.turn.folder, (*rendered, *content.cards, *pages))


def proven(root: Path, cache: Cache) -> tuple[House, Standing]:
    """The entries, and where they stand; what was read beside it is not kept.

    Args:
        root: The repository.
        cache: Knows what was read before.

    Raises:
        InputError: The entries or the evidence have problems.
    """
    loaded = load(root, cache=cache)
    store, problems = read_evidence(root, loaded, cache)
    loaded.problems += problems
    house = loaded.house()
    standing = stand(house, store)
    del loaded, store
    garbage.give_back()
    return house, standing


def theme(root: Path, config: Path) -> str:
    """Digest of what the head of a page is made with, beside its content.

    Args:
        root: The repository.
        config: The file that MkDocs is told by.
    """
    paths = (config, *sorted((root / OVERRIDES).rglob("*.html")))
    return digest.of_bytes(b"".join(path.read_bytes() for path in paths))
