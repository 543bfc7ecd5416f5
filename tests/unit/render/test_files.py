"""Generated files on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_house import house, observe, pages

from provenfix.render import Report, missing, write
from provenfix.render.paths import built, relative
from provenfix.standing import stand

PAGES = {"index.en.md": "home\n", "errors/a.en.md": "a\n", "evidence/a/e.json": "{}\n"}


def test_writes_what_is_new(tmp_path: Path) -> None:
    """The first time everything is written, in its place."""
    report = write(tmp_path, PAGES)

    assert Report(written=tuple(sorted(PAGES)), unchanged=(), removed=()) == report
    assert "a\n" == (tmp_path / "docs/errors/a.en.md").read_text()


def test_leaves_what_is_the_same(tmp_path: Path) -> None:
    """A second time nothing is touched, so that MkDocs sees no change; an edit touches one file."""
    write(tmp_path, PAGES)
    before = {path: (tmp_path / "docs" / path).stat() for path in PAGES}
    report = write(tmp_path, PAGES | {"errors/a.en.md": "b\n"})
    after = {path: (tmp_path / "docs" / path).stat() for path in PAGES}
    touched = [p for p in PAGES if before[p].st_ino != after[p].st_ino]

    assert ("errors/a.en.md",) == report.written
    assert ["errors/a.en.md"] == touched


def test_removes_what_is_no_longer_generated(tmp_path: Path) -> None:
    """What nothing generates any more goes, with its folder; hand-written pages stay."""
    write(tmp_path, PAGES)
    by_hand = tmp_path / "docs" / "contributing.en.md"
    by_hand.write_text("by hand\n")
    report = write(tmp_path, {"index.en.md": "home\n"})

    assert ("errors/a.en.md", "evidence/a/e.json") == report.removed
    assert ["contributing.en.md", "index.en.md"] == _files(tmp_path / "docs")
    assert not (tmp_path / "docs/evidence/a").exists()


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_unfounded_page_vanishes(tmp_path: Path) -> None:
    """A page that was generated and that nothing generates any more is gone, as is its folder."""
    the_house = house()
    generated = pages(the_house, stand(the_house, observe(the_house)))
    write(tmp_path, generated | {"errors/gone/a.en.md": "old", "errors/gone/a.zh.md": "alt"})
    report = write(tmp_path, generated)

    assert ("errors/gone/a.zh.md", "errors/gone/a.en.md") == report.removed
    assert not (tmp_path / "docs/errors/gone").exists()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.en.md", "index.html"),
        ("index.zh.md", "zh/index.html"),
        ("status.zh.md", "zh/status/index.html"),
        ("errors/index.en.md", "errors/index.html"),
        ("errors/a-b.zh.md", "zh/errors/a-b/index.html"),
        ("evidence/a/cpu-torch2.13.0-x.json", "evidence/a/cpu-torch2.13.0-x.json"),
    ],
)
def test_built(path: str, expected: str) -> None:
    """Each generated file has its place on the built site."""
    assert expected == built(path)


def test_relative() -> None:
    """Evidence lies once, beside the default language; each page knows the way."""
    evidence = "evidence/a/e.json"

    assert "../../evidence/a/e.json" == relative(evidence, "errors/a.en.md")
    assert "../../../evidence/a/e.json" == relative(evidence, "errors/a.zh.md")


def test_missing(tmp_path: Path) -> None:
    """A page that the build left out is named."""
    (tmp_path / "errors/a").mkdir(parents=True)
    (tmp_path / "errors/a/index.html").touch()

    assert ["zh/errors/a/index.html"] == missing(tmp_path, ["errors/a.en.md", "errors/a.zh.md"])
