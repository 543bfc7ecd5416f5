"""Cards on disk: drawn when they changed, and only then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from card_boxes import CARD

from provenfix.cards import draw, store

CARDS = {
    "cards/a-en.png": CARD,
    "cards/a-zh.png": replace(CARD, group="自动求导"),
    "cards/b-en.png": replace(CARD, error="Something else."),
}


def test_draws_what_is_not_there(tmp_path: Path) -> None:
    """The first time everything is drawn, whole."""
    drawn = store.put(tmp_path, CARDS)

    assert dict.fromkeys(CARDS, True) == drawn
    assert all((tmp_path / name).read_bytes().endswith(b"IEND\xaeB`\x82") for name in CARDS)
    assert sorted(CARDS) == sorted(f"cards/{p.name}" for p in (tmp_path / "cards").iterdir())


def test_second_run_draws_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there as it should be is not drawn again, and not touched."""
    store.put(tmp_path, CARDS)
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in CARDS}
    monkeypatch.setattr(draw, "png", lambda *_: pytest.fail("drew a card again"))

    assert dict.fromkeys(CARDS, False) == store.put(tmp_path, CARDS)
    assert before == {name: (tmp_path / name).stat().st_mtime_ns for name in CARDS}


def test_changed_card_is_drawn_alone(tmp_path: Path) -> None:
    """Another title draws one card anew."""
    store.put(tmp_path, CARDS)
    changed = CARDS | {"cards/a-zh.png": replace(CARDS["cards/a-zh.png"], title="另一个标题")}
    drawn = store.put(tmp_path, changed)

    assert ["cards/a-zh.png"] == [name for name, new in drawn.items() if new]


def test_other_fonts_draw_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the picture depends on besides its words is part of the key."""
    store.put(tmp_path, CARDS)
    monkeypatch.setattr(draw, "engine", lambda: "another font")

    assert dict.fromkeys(CARDS, True) == store.put(tmp_path, CARDS)


def test_broken_picture_is_drawn_again(tmp_path: Path) -> None:
    """A file that is no card of ours is replaced."""
    store.put(tmp_path, CARDS)
    (tmp_path / "cards/b-en.png").write_bytes(b"no picture")

    assert ["cards/b-en.png"] == [name for name, new in store.put(tmp_path, CARDS).items() if new]
