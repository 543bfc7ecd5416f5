"""What the cards say: every figure from the evidence, and nothing of what is not proven."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from card_boxes import collisions, outside, words
from PIL import Image
from small_house import BACKWARD_TWICE, environment, house, observe, pages, passed, record

from provenfix import evidence
from provenfix.cards import HEIGHT, WIDTH
from provenfix.labels import LANGUAGES, Language, labels
from provenfix.load import load
from provenfix.records import Outcome, Store
from provenfix.render import cards, generate, heads, write
from provenfix.render.paths import card
from provenfix.render.site import LOCAL
from provenfix.standing import Standing, stand
from provenfix.vocabulary import House

ROOT = Path(__file__).parents[3]
FIGURES = re.compile(r"\d+(?:\.\d+)*")


@pytest.fixture(scope="module")
def real() -> tuple[House, Standing]:
    """The repository's own entries, and where they stand."""
    store, problems = evidence.read(ROOT)
    assert [] == problems
    the_house = load(ROOT).house()
    return the_house, stand(the_house, store)


def _small(*versions: str, **cells: dict[str, object]) -> Standing:
    """The small house, observed on these versions; `cells` change those of the newest."""
    the_house = house()
    entry = the_house.entries["backward-twice"]
    columns = [environment(version) for version in versions]
    found = {(entry.slug, column.name): record(entry, column, BACKWARD_TWICE) for column in columns}
    newest = columns[-1]
    found[entry.slug, newest.name] = record(entry, newest, BACKWARD_TWICE | cells)
    store = Store(environments={column.name: column for column in columns}, records=found)
    return stand(the_house, store)


def test_every_entry_has_a_card_in_both_languages(real: tuple[House, Standing]) -> None:
    """One for each entry and language, at an address that can be guessed."""
    the_house, standing = real
    expected = {card(slug, language) for slug in the_house.entries for language in LANGUAGES}

    assert expected == cards(the_house, standing).keys()
    assert "cards/backward-twice-zh.png" in expected


def test_nothing_leaves_the_margins(real: tuple[House, Standing]) -> None:
    """On no card of ours is a text outside, over another one, or without its error's beginning."""
    found = cards(*real)

    assert [] == [path for path, one in found.items() if outside(one)]
    assert [] == [path for path, one in found.items() if collisions(one)]
    for one in found.values():
        # A long path is cut at the end of a line, so white space does not count.
        written = "".join("".join(w.text.split()) for w in words(one))
        assert "".join(f"{one.exception}{one.error}".split())[:50] in written


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_those_of_the_evidence(
    real: tuple[House, Standing], language: Language
) -> None:
    """The number of fixes, of versions, and the versions themselves are counted from records."""
    the_house, standing = real
    found = cards(the_house, standing)
    for entry in standing.published:
        best = max(entry.fixes, key=lambda fix: len(fix.proven_in))
        torches = [standing.environments[name].torch for name in best.proven_in]
        counted = {str(len(entry.fixes)), str(len(set(torches))), torches[0], torches[-1]}
        one = found[card(entry.entry.slug, language)]

        assert set(FIGURES.findall(one.verdict)) <= counted | set(torches)
        assert str(len(entry.fixes)) in FIGURES.findall(one.verdict)
        assert set(torches) == {r.version for r in one.releases if r.verified}
        assert {e.torch for e in standing.environments.values()} == {
            release.version for release in one.releases
        }


@pytest.mark.parametrize(
    ("versions", "cells", "expected"),
    [
        (("2.6.0",), {}, "3 fixes verified on PyTorch 2.6.0"),
        (("2.5.0", "2.6.0"), {}, "3 fixes verified on PyTorch 2.5.0, 2.6.0"),
        (
            ("2.3.0", "2.4.0", "2.5.0", "2.6.0"),
            {},
            "3 fixes verified on 4 PyTorch versions, 2.3.0–2.6.0",
        ),
        (
            ("2.5.0", "2.6.0"),
            {"fix_recompute": {"outcome": Outcome.NOT_APPLICABLE}},
            "3 fixes verified, the best on PyTorch 2.5.0, 2.6.0",
        ),
        (
            ("2.5.0", "2.6.0"),
            {"fix_recompute": passed(asserts=0), "fix_fresh_graph": passed(asserts=0)},
            "1 fix verified on PyTorch 2.5.0, 2.6.0",
        ),
    ],
)
def test_verdict_in_words(
    versions: tuple[str, ...], cells: dict[str, dict[str, object]], expected: str
) -> None:
    """Fixes that hold everywhere count together; else the sentence is on the best one."""
    found = cards(house(), _small(*versions, **cells))

    assert expected == found["cards/backward-twice-en.png"].verdict


def test_range_with_holes_names_its_ends() -> None:
    """Where the error vanished in between, the card says between, and the ruler shows where."""
    the_house = house()
    entry = the_house.entries["backward-twice"]
    columns = [environment(f"2.{minor}.0") for minor in range(1, 6)]
    cells = [BACKWARD_TWICE] * 2 + [BACKWARD_TWICE | {"repro": passed()}] + [BACKWARD_TWICE] * 2
    records = {
        (entry.slug, column.name): record(entry, column, of)
        for column, of in zip(columns, cells, strict=True)
    }
    store = Store(environments={column.name: column for column in columns}, records=records)
    one = cards(the_house, stand(the_house, store))["cards/backward-twice-en.png"]

    assert "3 fixes verified on 4 PyTorch versions between 2.1.0 and 2.5.0" == one.verdict
    assert [True, True, False, True, True] == [release.verified for release in one.releases]


@pytest.mark.parametrize("language", LANGUAGES)
def test_waiting_entry_claims_nothing(real: tuple[House, Standing], language: Language) -> None:
    """Its card says what it waits for, and holds no figure, no tick, no release."""
    the_house, standing = real
    found, say = cards(the_house, standing), labels(language)
    waiting = [entry for entry in standing.entries.values() if not entry.published]
    for entry in waiting:
        assert entry.waiting
        one = found[card(entry.entry.slug, language)]

        assert say("card.waiting", reason=say.reason(entry.waiting)) == one.verdict
        assert (False, ()) == (one.verified, one.releases)
        assert [] == FIGURES.findall(one.verdict)
    assert waiting


def test_title_is_shown_for_what_it_adds() -> None:
    """What the error says already is not said again."""
    english, chinese = (
        cards(house(), _small("2.6.0"))[f"cards/backward-twice-{language}.png"]
        for language in LANGUAGES
    )

    assert "RuntimeError:" == english.exception == chinese.exception
    assert english.error.startswith("Trying to backward through the graph a second time")
    assert "" == english.title
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_head_names_the_card(language: Language) -> None:
    """The head of an error has its own card, and words in the page's language for what it shows."""
    the_house, standing = house(), _small("2.6.0")
    drawn = cards(the_house, standing)
    head = heads(generate(the_house, standing).articles, LOCAL, (), drawn)(
        f"errors/backward-twice.{language}.md", "", ""
    )
    one = drawn[f"cards/backward-twice-{language}.png"]

    assert f"{LOCAL.url}cards/backward-twice-{language}.png" == head.image
    assert one.alt == head.image_alt
    assert one.verdict in one.alt
    assert one.group in one.alt


def test_writes_and_removes_with_the_pages(tmp_path: Path) -> None:
    """Cards lie below docs/ in both languages; a card that nothing has any more goes."""
    the_house, standing = house(), _small("2.6.0")
    text, drawn = pages(the_house, standing), cards(the_house, standing)
    report = write(tmp_path, text, drawn)

    assert set(drawn) <= set(report.written)
    for path in drawn:
        with Image.open(tmp_path / "docs" / path) as image:
            assert ("PNG", (WIDTH, HEIGHT)) == (image.format, image.size)
    assert () == write(tmp_path, text, drawn).written
    assert tuple(sorted(drawn)) == tuple(sorted(write(tmp_path, text).removed))


def test_new_title_draws_one_card(tmp_path: Path) -> None:
    """After a new Chinese title only the Chinese card of that entry is drawn."""
    the_house, standing = house(), _small("2.6.0")
    write(tmp_path, {}, cards(the_house, standing))
    entry = standing.entries["backward-twice"]
    zh = entry.entry.zh
    titled = zh.model_copy(update={"title": zh.title.model_copy(update={"text": "新的标题"})})
    edited = replace(entry, entry=entry.entry.model_copy(update={"zh": titled}))
    changed = replace(standing, entries=standing.entries | {"backward-twice": edited})
    report = write(tmp_path, {}, cards(the_house, changed))

    assert ("cards/backward-twice-zh.png",) == report.written


def test_no_evidence_no_claims() -> None:
    """Without evidence every card waits."""
    the_house = house()
    nothing = stand(the_house, Store(environments={}, records={}))

    assert {False} == {one.verified for one in cards(the_house, nothing).values()}
    assert {True, False} == {
        one.verified for one in cards(the_house, stand(the_house, observe(the_house))).values()
    }
