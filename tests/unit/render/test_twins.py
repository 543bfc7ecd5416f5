"""The raw Markdown of an error's page: golden files, whole programs, nothing but Markdown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from small_house import house, verbatim
from small_house import standing as where_it_stands

from provenfix import files
from provenfix.labels import LANGUAGES, Language
from provenfix.model import Entry
from provenfix.render.paths import twin
from provenfix.render.site import Site
from provenfix.words import texts

GOLDEN = Path(__file__).parents[2] / "golden"
BLESS = bool(os.environ.get("PROVENFIX_BLESS"))
SITE = Site(url="https://example.org/some/prefix/")
TWINS = ("errors/backward-twice.md", "zh/errors/backward-twice.md")


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    """What the small house puts beside its pages."""
    the_house = house()
    return verbatim(the_house, where_it_stands(the_house), SITE)


@pytest.fixture(scope="module")
def entry() -> Entry:
    """The published entry."""
    return house().entries["backward-twice"]


@pytest.mark.parametrize("path", [*TWINS, "llms.txt"])
def test_golden(generated: dict[str, str], path: str) -> None:
    """The file is, letter by letter, the one last approved (PROVENFIX_BLESS=1 approves)."""
    golden = GOLDEN / f"verbatim-{path.replace('/', '-')}"
    if BLESS:
        files.replace(golden, generated[path])

    assert golden.read_text("utf-8") == generated[path]


def test_what_is_generated(generated: dict[str, str]) -> None:
    """A twin for each page, none for an entry that waits, both lists, and all short addresses."""
    slugs = house().entries
    short = {f"{place}e/{slug}/index.html" for place in ("", "zh/") for slug in slugs}

    assert {*TWINS, "llms.txt", "zh/llms.txt", *short} == generated.keys()


@pytest.mark.parametrize("path", TWINS)
def test_holds_every_program(generated: dict[str, str], entry: Entry, path: str) -> None:
    """Each program of a claim that is shown is there in full, as a block of Python."""
    blocks = [
        token.content
        for token in MarkdownIt("commonmark").parse(generated[path])
        if token.type == "fence" and token.info == "python"
    ]
    refuted = "fix_zero_grad"
    expected = {script.text for name, script in entry.scripts.items() if name != refuted}

    assert expected == set(blocks)


@pytest.mark.parametrize("path", [*TWINS, "llms.txt", "zh/llms.txt"])
def test_is_markdown_only(generated: dict[str, str], path: str) -> None:
    """There is no HTML in it, no attribute of a template, and every link is absolute."""
    tokens = MarkdownIt("commonmark").parse(generated[path])
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inner)}
    links = [str(token.attrs["href"]) for token in inner if token.type == "link_open"]

    assert set() == kinds & {"html_block", "html_inline", "image"}
    assert [] == [link for link in links if not link.startswith("https://")]
    assert "{:" not in generated[path]
    assert links


@pytest.mark.parametrize("language", LANGUAGES)
def test_holds_fixes_and_dead_ends(
    generated: dict[str, str], entry: Entry, language: Language
) -> None:
    """Every claim is there by its title, in the language of the file."""
    titles = [claim.title.text for claim in texts(entry, language).claims.values()]
    text = generated[twin(entry.slug, language)]

    assert [] == [title for title in titles if title not in text]


def test_says_what_dead_ends_gave(generated: dict[str, str]) -> None:
    """Beside a dead end stands the error that it led to."""
    dead_end = generated[TWINS[0]].split("### Passing retain_graph=True", 1)[1].split("###", 1)[0]

    assert "modified by an inplace operation" in dead_end
