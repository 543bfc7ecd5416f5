"""`provenfix render`: pages and cards below docs/."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Provenfix


@pytest.mark.usefixtures("recorded")
def test_cards_are_drawn_once_and_can_be_left_out(
    provenfix: Provenfix, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each language has one; a second run draws none; the option and the variable remove them."""
    drawn = ["cards/empty-mean-en.png", "cards/empty-mean-zh.png"]
    first, second = (json.loads(provenfix("render", "--json").stdout) for _ in range(2))
    without = json.loads(provenfix("render", "--json", "--no-cards").stdout)
    monkeypatch.setenv("PROVENFIX_CARDS", "off")
    off = json.loads(provenfix("render", "--json").stdout)

    assert drawn == [path for path in first["written"] if path.startswith("cards/")]
    assert [] == second["written"]
    assert drawn == sorted(without["removed"])
    assert [] == off["written"] + off["removed"]


def test_switch_that_is_neither_on_nor_off(
    provenfix: Provenfix, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another value is refused in a sentence, without a traceback."""
    monkeypatch.setenv("PROVENFIX_CARDS", "perhaps")
    ran = provenfix("render")

    assert 0 != ran.returncode
    assert "'perhaps'" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (repository / "docs").exists()
