"""What is generated: the golden pages, what is left out, and the evidence behind it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from small_house import (
    BACKWARD_TWICE,
    MESSAGE,
    bodies,
    environment,
    house,
    list_bodies,
    observe,
    pages,
    raised,
    record,
)
from small_house import standing as where_it_stands

from provenfix import files
from provenfix.history import History
from provenfix.model import CONTROL
from provenfix.records import Store
from provenfix.render import FRAMES
from provenfix.render.listed import names as list_names
from provenfix.standing import stand

GOLDEN = Path(__file__).parents[2] / "golden"
BLESS = bool(os.environ.get("PROVENFIX_BLESS"))


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    """All generated files of the small house."""
    the_house = house()
    return pages(the_house, where_it_stands(the_house))


@pytest.fixture(scope="module")
def errors() -> dict[str, str]:
    """The pages of errors of the small house."""
    the_house = house()
    return bodies(the_house, where_it_stands(the_house))


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    """The pages of the small house that list errors."""
    the_house = house()
    return list_bodies(the_house, where_it_stands(the_house))


@pytest.mark.parametrize("path", ["releases/index.zh.md", "status/page/_.en.md"])
def test_golden(generated: dict[str, str], path: str) -> None:
    """The page is, letter by letter, the one last approved (PROVENFIX_BLESS=1 approves)."""
    golden = GOLDEN / path.replace("/", "-")
    if BLESS:
        files.replace(golden, generated[path])

    assert golden.read_text("utf-8") == generated[path]


@pytest.mark.parametrize(
    "path",
    [
        "errors/backward-twice.en.md",
        "errors/backward-twice.zh.md",
        "errors/index.en.md",
        "matrix.en.md",
        "releases/pytorch-2-13-0.en.md",
        "status.zh.md",
    ],
)
def test_golden_body(errors: dict[str, str], listed: dict[str, str], path: str) -> None:
    """The same of pages that are HTML already."""
    golden, page = GOLDEN / path.replace("/", "-").replace(".md", ".html"), (errors | listed)[path]
    if BLESS:
        files.replace(golden, page)

    assert golden.read_text("utf-8") == page


def test_what_is_generated(generated: dict[str, str]) -> None:
    """Both languages of each page, what scripts of pages read, and the frames of other pages."""
    names = ("for-machines", "index", "releases/index")
    written = [f"{name}.{lang}.md" for name in names for lang in _BOTH]
    data = [f"api/{name}-{lang}.json" for name in ("upgrade", "words") for lang in _BOTH]
    frames = [f"{frame.name}.{lang}.md" for frame in FRAMES for lang in _BOTH]
    search = ["robots.txt", "sitemap.xml"]

    assert sorted([*written, *data, *frames, *search]) == sorted(generated)


def test_what_is_listed(listed: dict[str, str]) -> None:
    """Both languages of each list; the sitemap is told the same names."""
    names = ["errors/index", "matrix", "releases/pytorch-2-13-0", "status"]

    where = where_it_stands(house())

    assert sorted(f"{name}.{lang}.md" for name in names for lang in _BOTH) == sorted(listed)
    assert sorted(names) == sorted(list_names(where, History(where).steps))


_BOTH = ("en", "zh")


def test_same_ids_in_both_languages(generated: dict[str, str]) -> None:
    """Every heading has an explicit id, the same in both languages and only once a page."""
    for path in ("for-machines", "index", "releases/index"):
        english, chinese = (_ids(generated[f"{path}.{language}.md"]) for language in _BOTH)

        assert english == chinese
        assert len(english) == len(set(english))
        assert None not in english


@pytest.mark.parametrize("name", ["errors/backward-twice", "errors/index", "matrix", "status"])
def test_same_ids_of_html_in_both_languages(
    errors: dict[str, str], listed: dict[str, str], name: str
) -> None:
    """Every heading of a page has an id, the same in both languages, and all once."""
    pages_of = [(errors | listed)[f"{name}.{language}.md"] for language in _BOTH]
    english, chinese = (re.findall(r'<h[1-6] id="([a-z0-9-]+)"', page) for page in pages_of)

    assert english == chinese
    assert len(english) == len(set(english)) == len(re.findall("<h[1-6]", pages_of[0]))


def _ids(page: str) -> list[str | None]:
    """The id of each heading outside of code."""
    prose = re.sub(r"(?ms)^(`{3,}).*?^\1$", "", page)
    headings = re.findall(r"(?m)^#+ .*$", prose.split("\n---\n", 1)[1])
    found = [re.search(r"\{: #([a-z0-9-]+) \}$", heading) for heading in headings]
    return [match[1] if match else None for match in found]


def test_says_that_it_is_generated(generated: dict[str, str]) -> None:
    """A generated page says from what and by which command, before anything else."""
    page = generated["index.zh.md"].splitlines()

    assert "# Generated from entries/ and evidence/ by: provenfix render. Do not edit." == page[1]


def test_stale_chinese_is_shown_with_a_note(errors: dict[str, str]) -> None:
    """A Chinese text of an older English one stays on the page, once, with a note after it."""
    page = errors["errors/backward-twice.zh.md"]

    assert 1 == page.count("这段译文对应的英文原文此后有改动。")
    assert '每个损失多一次前向传播。</p>\n<p class="pf-stale">这段译文' in page


def test_refuted_fix_is_no_fix(errors: dict[str, str]) -> None:
    """A refuted claim stands among those we could not confirm, with what its run did."""
    page = errors["errors/backward-twice.en.md"]
    confirmed, unconfirmed = page.split('<h2 id="unconfirmed">')

    assert "fix-zero-grad" not in confirmed
    assert "Claimed: fix. When run, it raised this error (PyTorch 2.6.0, 2.13.0)." in unconfirmed


def test_stale_fix_leaves_the_page() -> None:
    """A fix whose script changed since its run is neither a fix nor unconfirmed."""
    the_house = house()
    entry = the_house.entries["backward-twice"]
    script = entry.scripts["fix_sum_losses"]
    changed = entry.scripts | {
        "fix_sum_losses": script.model_copy(update={"data": script.data + b"#"})
    }
    edited = entry.model_copy(update={"scripts": changed})
    edited.__dict__.pop("inputs", None)  # model_copy keeps the cached digests
    new_house = the_house.model_copy(update={"entries": {"backward-twice": edited}})
    page = bodies(new_house, stand(new_house, observe(the_house)))["errors/backward-twice.en.md"]

    assert 'id="fix-sum-losses"' not in page
    assert "<li>Add the losses and call backward once: its evidence is of an older content." in page
    assert '<span class="pf-first">Fix: </span>Ask for a fresh graph' in page


def test_wordings_of_versions() -> None:
    """A version with another wording is told apart in the table, and the wording is shown."""
    the_house = house()
    entry = the_house.entries["backward-twice"]
    old, new = environment("2.6.0"), environment("2.13.0")
    other = raised(MESSAGE.replace("(or directly", "(and directly"))
    records = [
        record(entry, old, BACKWARD_TWICE | {CONTROL: other}),
        record(entry, new, BACKWARD_TWICE),
    ]
    store = Store(
        environments={e.name: e for e in (old, new)},
        records={(r.entry, r.environment): r for r in records},
    )
    page = bodies(the_house, stand(the_house, store))["errors/backward-twice.en.md"]
    rows = re.findall(r"pf-releases.*\n.*\n.*\n<td>(.*)</td>", page)

    assert ["as above", "wording 2"] == rows
    assert page.index("(or directly") < page.index("Also printed as") < page.index("(and directly")
