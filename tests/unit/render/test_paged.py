"""Lists in pages: every row on one of them, each page with the way to the others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_house import list_bodies, pages

from provenfix.cli.common import read_evidence
from provenfix.labels import LANGUAGES, Language
from provenfix.load import load
from provenfix.render import paged
from provenfix.render.paths import address
from provenfix.standing import Standing, stand
from provenfix.vocabulary import House

ROOT = Path(__file__).parents[3]
ROWS = 30
ENDS = {"errors/index": 'id="waiting"', "matrix": "</table>", "status": 'id="withheld"'}
"""What follows the rows of each list, if no pager does."""
HREF = re.compile(r'href="([^"#]*)')
ERROR = re.compile(r'<a href="(?:\.\./)*(?:errors/)?([a-z0-9]+(?:-[a-z0-9]+)+)/(?:#versions)?">')


@pytest.fixture(scope="module")
def proven() -> tuple[House, Standing]:
    """The entries of the repository, and where they stand."""
    loaded = load(ROOT)
    store, problems = read_evidence(ROOT, loaded)
    assert not problems
    return loaded.house(), stand(loaded.house(), store)


@pytest.fixture(scope="module")
def small(proven: tuple[House, Standing]) -> dict[str, str]:
    """The generated files where the page of a list has room for few rows."""
    with pytest.MonkeyPatch.context() as patch:
        for size in ("CARDS", "MATRIX", "STATUS"):
            patch.setattr(paged, size, ROWS)
        patch.setattr(paged, "TOPIC", 2)
        return _generated(*proven)


@pytest.fixture(scope="module")
def large(proven: tuple[House, Standing]) -> dict[str, str]:
    """The same with room for all of them."""
    with pytest.MonkeyPatch.context() as patch:
        for size in ("CARDS", "MATRIX", "STATUS"):
            patch.setattr(paged, size, 1000)
        return _generated(*proven)


def _generated(house: House, standing: Standing) -> dict[str, str]:
    """Pages by their names below docs/: the lists as HTML, all others as Markdown."""
    return pages(house, standing) | list_bodies(house, standing)


def _list(generated: dict[str, str], name: str, language: Language) -> list[str]:
    """The pages of a list, the first one first."""
    folder = f"{name.removesuffix('/index')}/page/"
    further = (path for path in generated if re.match(rf"{folder}\d", path))
    last = max((int(path[len(folder) :].split(".")[0]) for path in further), default=1)
    numbered = (f"{folder}{number}.{language}.md" for number in range(2, last + 1))
    return [generated[path] for path in (f"{name}.{language}.md", *numbered)]


def _rows(page: str, name: str) -> list[str]:
    """The errors that a page of a list leads to."""
    return ERROR.findall(page.split(ENDS[name])[0].split("pf-pager")[0])


def test_portions_hold_every_value_once() -> None:
    """None is lost, none is twice, and an empty list has one empty portion."""
    assert [(1, 2), (3, 4), (5,)] == paged.split([1, 2, 3, 4, 5], 2)
    assert [()] == paged.split([], 2)


def test_pages_have_addresses_of_their_own() -> None:
    """The first page keeps the address that links know."""
    first, second = paged.pagers("errors/index", 2)

    assert ("errors/index", "errors/page/2") == first.paths == second.paths
    assert "errors/page/2" == second.path
    assert "matrix/page/2" == paged.pagers("matrix", 2)[1].path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ENDS)
def test_every_error_is_on_one_of_the_pages(
    small: dict[str, str], large: dict[str, str], name: str, language: Language
) -> None:
    """Small pages list together what a large one lists, in the same order."""
    (whole,) = _list(large, name, language)
    parts = _list(small, name, language)

    rows = [_rows(part, name) for part in parts]
    assert 1 < len(parts)
    assert _rows(whole, name) == [slug for row in rows for slug in row]
    assert ROWS >= max(map(len, rows))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ENDS)
def test_links_between_pages_lead_to_pages(
    small: dict[str, str], name: str, language: Language
) -> None:
    """Every page names all others and marks itself; the addresses are those of the built site."""
    parts = _list(small, name, language)
    here = address(f"{name}.{language}.md")
    expected = [here, *(f"{here}page/{number}/" for number in range(2, len(parts) + 1))]

    for number, part in enumerate(parts):
        nav = part[part.index('<nav class="pf-pager"') : part.index("</nav>")]
        assert expected == [_from(expected[number], href) for href in HREF.findall(nav)]
        assert 1 == nav.count('aria-current="page"')
        assert f'aria-current="page">{number + 1}</a>' in nav


def _from(page: str, href: str) -> str:
    """The address below the site's root that a link on a page leads to."""
    parts = page.split("/")[:-1]
    for step in filter(None, href.split("/")):
        if step == "..":
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts) + "/"


def test_one_page_needs_no_pager(large: dict[str, str]) -> None:
    """Links to itself alone would be noise."""
    for name in ENDS:
        assert "pf-pager" not in large[f"{name}.en.md"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_leads_to_the_rest_of_a_topic(small: dict[str, str], language: Language) -> None:
    """Where the home page leaves errors out, it says how many there are and where they begin."""
    home = small[f"index.{language}.md"]
    links = re.findall(r'href="(errors/[^"]*)#group-([a-z-]+)">[^<]*\d+', home)

    assert links
    for target, topic in links:
        path = "errors/index" if target == "errors/" else target.rstrip("/")
        page = small[f"{path}.{language}.md"]
        assert f'id="group-{topic}"' in page or 'id="waiting"' in page
