"""Drift of translations is found by content and mended in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenfix import digest, translation
from provenfix.load import Source, load

ENGLISH = """\
title: A title
summary: A summary
cause: A cause
claims:
  fix_a: {title: Do this, text: It works, cost: Nothing}
"""
CHINESE = """\
# a comment that must survive
title: {{of: "{title}", text: 标题}}
summary:
  of: ""
  text: 摘要
cause: {{text: 原因, of: "{cause}"}}
claims:
  fix_a:
    title: {{of: "{fix}", text: 这样做}}
    text: {{of: "00000000", text: 有效}}
    cost: {{of: "", text: 没有}}
"""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """An entry with three of its five Chinese fields out of date."""
    folder = tmp_path / "entries" / "one"
    folder.mkdir(parents=True)
    of = {"title": "A title", "cause": "A cause", "fix": "Do this"}
    hashes = {name: digest.of_text(text) for name, text in of.items()}
    (folder / "en.yaml").write_text(ENGLISH, "utf-8")
    (folder / "zh.yaml").write_text(CHINESE.format(**hashes), "utf-8")
    (folder / "entry.yaml").write_text(
        "group: g\nsignatures: [{exception: E, pattern: long enough}]\n"
        "claims: {fix_a: {claim: fixes}}\nreferences: [https://example.org/]\n",
        "utf-8",
    )
    for name in ("repro", "fix_a"):
        (folder / f"{name}.py").write_text("assert str()\n", "utf-8")
    return load(tmp_path, ["one"]).sources["one"]


def test_stale_fields_are_found_by_content(source: Source) -> None:
    """Exactly the fields whose hash is not that of the English are stale."""
    assert [
        "summary",
        "claims.fix_a.text",
        "claims.fix_a.cost",
    ] == [found.field for found in translation.stale(source)]


def test_accepting_changes_only_the_hashes(source: Source) -> None:
    """Accepting rewrites `of` in place: comments, order and texts stay as they are."""
    before = CHINESE.format(
        title=digest.of_text("A title"),
        cause=digest.of_text("A cause"),
        fix=digest.of_text("Do this"),
    )
    after = translation.accepted(before, list(translation.stale(source)))

    assert (
        before.replace('of: ""', f'of: "{digest.of_text("A summary")}"', 1)
        .replace("00000000", digest.of_text("It works"))
        .replace('of: ""', f'of: "{digest.of_text("Nothing")}"')
        == after
    )
