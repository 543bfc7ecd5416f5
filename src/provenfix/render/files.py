"""Generated files on disk: written only if they changed, removed once nothing generates them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from provenfix.cards import Card
from provenfix.files import renew
from provenfix.load import EVIDENCE
from provenfix.render.paths import API, CARDS, ERRORS, FEEDS, RELEASES, built

DOCS = "docs"
GENERATED_FOLDERS = (ERRORS, EVIDENCE, RELEASES, API, FEEDS, CARDS, "matrix", "status")
"""Folders below docs/ that hold generated files only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Paths below docs/ by what became of them."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def write(root: Path, pages: Mapping[str, str], cards: Mapping[str, Card] | None = None) -> Report:
    """Make docs/ hold just these generated files, touching only those that differ.

    Args:
        root: The repository.
        pages: Path below docs/ -> text.
        cards: Path below docs/ -> what the picture there says; drawing needs Pillow.
    """
    docs = root / DOCS
    changed = {path: renew(docs / path, text) for path, text in sorted(pages.items())}
    changed |= _drawn(docs, cards) if cards else {}
    return Report(
        written=tuple(path for path, new in changed.items() if new),
        unchanged=tuple(path for path, new in changed.items() if not new),
        removed=tuple(_remove_others(docs, changed)),
    )


def _drawn(docs: Path, cards: Mapping[str, Card]) -> dict[str, bool]:
    # Late: Pillow comes with the extra `site`, which pages can do without.
    from provenfix.cards import store

    return store.put(docs, cards)


def _remove_others(docs: Path, generated: Container[str]) -> Iterable[str]:
    for folder in GENERATED_FOLDERS:
        # Deepest first, so that a folder is empty by the time its turn comes.
        for path in sorted((docs / folder).rglob("*"), reverse=True):
            name = path.relative_to(docs).as_posix()
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif name not in generated:
                path.unlink()
                yield name


def missing(site: Path, pages: Iterable[str]) -> list[str]:
    """The files that a build should have made of the generated ones, and did not.

    Args:
        site: The built site.
        pages: Paths below docs/.
    """
    expected = map(built, sorted(set(pages)))
    return [path for path in expected if not (site / path).is_file()]
