"""What was worked out before is found again, and only if it is still right."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenfix import cache
from provenfix.cache import FOLDER, Cache


def test_value_holds_for_its_key(tmp_path: Path) -> None:
    Cache(tmp_path).put("pages/a", "one", {"text": "x"})
    assert Cache(tmp_path).get("pages/a", "one") == {"text": "x"}
    assert Cache(tmp_path).get("pages/a", "two") is None
    assert Cache(tmp_path).get("pages/b", "one") is None


@pytest.mark.parametrize("damage", [b"", b"short", None])
def test_damaged_value_is_none(tmp_path: Path, damage: bytes | None) -> None:
    known = Cache(tmp_path)
    known.put("a", "key", list(range(100)))
    path = tmp_path / FOLDER / "a"
    path.write_bytes(path.read_bytes()[:-7] if damage is None else damage)
    assert known.get("a", "key") is None
    known.put("a", "key", [1])
    assert known.get("a", "key") == [1]


def test_other_tools_make_other_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache(tmp_path).put("a", "key", 1)
    monkeypatch.setattr(cache, "tools", lambda: "another release of Jinja2")
    assert Cache(tmp_path).get("a", "key") is None


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    known = Cache(tmp_path)
    for name in ("pages/a", "pages/b", "other/c"):
        known.put(name, "key", 1)
    known.keep("pages", ["a"])
    assert [known.get(name, "key") for name in ("pages/a", "pages/b", "other/c")] == [1, None, 1]
