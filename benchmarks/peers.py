"""Other generators, on the pages of the site as Markdown (the raw twins that it publishes).

As a program it is one of them: `peers.py SOURCE TARGET` converts with Python-Markdown alone.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from measuring import Cost, run
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

LANGUAGES = {"en": "", "zh": "zh/"}
"""The languages, with the folder of each on the site."""
MOST_WITH_SEARCH = 500
"""Entries up to which stock Material is measured: its search makes it too slow for more."""
QUIET = {"NO_MKDOCS_2_WARNING": "1"}
_HERE = Path(__file__).parent
_SETTINGS = _HERE.parent / "mkdocs.yml"
_MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet")


@dataclass(frozen=True, slots=True)
class Content:
    """What the peers are given.

    Args:
        site: The built site.
        slugs: Its entries.
        folder: An empty folder for sources and results.
    """

    site: Path
    slugs: list[str]
    folder: Path

    def markdown(self, language: str) -> list[tuple[str, str]]:
        """Slug and raw Markdown of each error's page."""
        place = self.site / LANGUAGES[language] / "errors"
        return [(slug, (place / f"{slug}.md").read_text("utf-8")) for slug in self.slugs]


@dataclass(frozen=True, slots=True)
class Built:
    """What a peer took, and where the pages of errors lie that it made."""

    cost: Cost
    pages: list[Path]


def material(content: Content) -> Built | None:
    """MkDocs Material as it comes, search included; None beyond `MOST_WITH_SEARCH` entries."""
    if len(content.slugs) > MOST_WITH_SEARCH:
        return None
    return _material(content, {})


def material_without_search(content: Content) -> Built | None:
    """MkDocs Material without any plugin."""
    return _material(content, {"plugins": []})


def hugo(content: Content) -> Built | None:
    """Hugo with the small theme beside this file."""
    program = shutil.which("hugo")
    if program is None:
        return None
    folder = content.folder / "hugo"
    shutil.copytree(_HERE / "hugo", folder)
    for language in LANGUAGES:
        errors = folder / "content" / language / "errors"
        errors.mkdir(parents=True)
        (errors / "_index.md").write_text("---\ntitle: Errors\n---\n", "utf-8")
        for slug, text in content.markdown(language):
            title = yaml.safe_dump({"title": text.partition("\n")[0].removeprefix("# ")})
            (errors / f"{slug}.md").write_text(f"---\n{title}---\n{text}", "utf-8")
    cost = run([program, "--quiet"], folder, {})
    return Built(cost, pages(folder / "public", content.slugs))


def python_markdown(content: Content) -> Built | None:
    """Python-Markdown with the extensions of mkdocs.yml, in one process and without templates."""
    source, target = content.folder / "markdown", content.folder / "converted"
    _write(content, source)
    cost = run([sys.executable, __file__, str(source), str(target)], content.folder, {})
    return Built(cost, sorted(target.rglob("*.html")))


def copy(content: Content) -> Built | None:
    """`cp -r` of the whole built site: what writing alone takes."""
    target = content.folder / "copied"
    cost = run(["cp", "-r", str(content.site), str(target)], content.folder, {})
    return Built(cost, pages(target, content.slugs))


PEERS: dict[str, Callable[[Content], Built | None]] = {
    "material": material,
    "material-no-search": material_without_search,
    "hugo": hugo,
    "python-markdown": python_markdown,
    "cp": copy,
}
"""Each builds the same pages; None if it is not installed or not asked."""


def empty(folder: Path) -> Cost:
    """What MkDocs takes for one empty page: its start."""
    _project(folder, {"plugins": []})
    return run(_MKDOCS, folder, QUIET)


def _material(content: Content, more: dict[str, Any]) -> Built | None:
    if find_spec("material") is None:
        return None
    folder = content.folder / ("material" if more else "stock")
    _project(folder, more)
    _write(content, folder / "docs")
    cost = run(_MKDOCS, folder, QUIET)
    return Built(cost, pages(folder / "site", content.slugs))


def _project(folder: Path, more: dict[str, Any]) -> None:
    """A project of MkDocs with a home page.

    As on our site no page of an error is in the navigation, which would be repeated in all others.
    """
    settings = {
        "site_name": "provenfix",
        "site_url": "http://127.0.0.1:8000/",
        "theme": {"name": "material", "font": False},
        "nav": [{"Home": "index.md"}],
        "not_in_nav": "*",
        "markdown_extensions": _extensions(),
        **more,
    }
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Home\n", "utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")


def _write(content: Content, folder: Path) -> None:
    for language, place in LANGUAGES.items():
        (folder / place / "errors").mkdir(parents=True)
        for slug, text in content.markdown(language):
            (folder / place / "errors" / f"{slug}.md").write_text(text, "utf-8")


def pages(site: Path, slugs: list[str]) -> list[Path]:
    """The errors' pages of a built site, in both languages."""
    places = (site / place / "errors" for place in LANGUAGES.values())
    return [place / slug / "index.html" for place in places for slug in slugs]


def _extensions() -> list[Any]:
    """The extensions of our site, as mkdocs.yml has them."""
    with _SETTINGS.open(encoding="utf-8") as file:
        found: list[Any] = yaml_load(file, get_yaml_loader())["markdown_extensions"]
    return found


def _convert(source: Path, target: Path) -> None:
    """Convert every page below a folder with one instance of Python-Markdown."""
    import markdown  # type: ignore[import-untyped]

    configured = [e if isinstance(e, dict) else {e: {}} for e in _extensions()]
    configs = {name: config or {} for each in configured for name, config in each.items()}
    # MkDocs adds fenced code to what people choose, and tables and contents, which are among ours.
    converter = markdown.Markdown(extensions=list(configs), extension_configs=configs)
    for path in sorted(source.rglob("*.md")):
        page = (target / path.relative_to(source)).with_suffix(".html")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(converter.reset().convert(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    _convert(*map(Path, sys.argv[1:]))
