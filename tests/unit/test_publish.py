"""A built folder takes the place of the published one, whole and at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenfix import publish


def _built(root: Path, text: str) -> Path:
    site = publish.staging(root / "site")
    site.mkdir()
    (site / "index.html").write_text(text)
    return site


def test_staging_lies_beside_and_knows_its_folder(tmp_path: Path) -> None:
    """The folder of a build is a hidden sibling, and leads back to the one that it replaces."""
    staging = publish.staging(tmp_path / "site")

    assert tmp_path / ".site.new" == staging
    assert tmp_path / "site" == publish.published(staging)
    assert tmp_path / ".site.old" == publish.spare(tmp_path / "site")


@pytest.mark.parametrize("exchange", [True, False])
def test_new_takes_the_place_of_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    """With and without the system call: the new folder is whole, and the old one in its place."""
    if not exchange:
        monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    publish.publish(_built(tmp_path, "old"), tmp_path / "site")
    (tmp_path / "site" / "only-old.html").touch()

    publish.publish(_built(tmp_path, "new"), tmp_path / "site")

    assert "new" == (tmp_path / "site" / "index.html").read_text()
    assert not (tmp_path / "site" / "only-old.html").exists()
    assert "old" == (tmp_path / ".site.new" / "index.html").read_text()
    assert [".site.new", "site"] == sorted(path.name for path in tmp_path.iterdir())
