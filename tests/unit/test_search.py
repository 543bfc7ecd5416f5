"""The index of words over a built site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from provenfix.search import FOLDER, IndexingError, index

PAGE = """<!doctype html><html lang="{language}"><title>t</title>
<article><div data-pagefind-body><h1>{title}</h1><p>{words}</p></div></article></html>
"""


def _write(site: Path) -> Path:
    pages = {
        "errors/one": ("en", "One", "gradients accumulate"),
        "zh/errors/one": ("zh", "一", "显存不足时减小批次"),
    }
    for place, (language, title, words) in pages.items():
        (site / place).mkdir(parents=True)
        text = PAGE.format(language=language, title=title, words=words)
        (site / place / "index.html").write_text(text, "utf-8")
    (site / "index.html").write_text("<!doctype html><html lang='en'><p>a list</p></html>", "utf-8")
    return site


def _files(site: Path) -> dict[str, bytes]:
    folder = site / FOLDER
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_one_index_for_each_language(tmp_path: Path) -> None:
    """Each language has an index of its own pages; a page without the mark is in none."""
    index(_write(tmp_path))
    entry = json.loads((tmp_path / FOLDER / "pagefind-entry.json").read_text("utf-8"))

    assert {"en": 1, "zh": 1} == {
        language: about["page_count"] for language, about in entry["languages"].items()
    }


def test_same_pages_same_index(tmp_path: Path) -> None:
    """The same pages have the same index, byte for byte, and nothing of Pagefind's own looks."""
    first, second = _write(tmp_path / "first"), _write(tmp_path / "second")
    index(first)
    index(second)

    assert _files(first) == _files(second)
    assert [] == [name for name in _files(first) if "ui" in name or "highlight" in name]


def test_failure_is_reported(tmp_path: Path) -> None:
    """A folder that cannot be indexed is an error that says why, not a site without search."""
    with pytest.raises(IndexingError, match=r"\w"):
        index(tmp_path / "nowhere")
