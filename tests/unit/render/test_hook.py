"""`mkdocs build --strict` alone: it renders, and it refuses to build half a site."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from small_house import (
    build_site,
    copy_site,
    files_below,
    house,
    list_bodies,
    mkdocs_build,
    observe,
    pages,
    write_evidence,
)

from provenfix.cli import speech
from provenfix.labels import LANGUAGES
from provenfix.render import FRAMES, frame_page, missing
from provenfix.standing import stand


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small house, with evidence, ready to build."""
    write_evidence(copy_site(tmp_path), observe(house()))
    return tmp_path


def test_builds_the_whole_site(repository: Path) -> None:
    """Every rendered page and evidence file is on the built site; a waiting entry has no page."""
    the_house = house()
    site = build_site(repository)

    where = stand(the_house, observe(the_house))
    frames = {frame_page(frame, language) for frame in FRAMES for language in LANGUAGES}
    written = pages(the_house, where).keys() - frames

    assert [] == missing(site, (*written, *list_bodies(the_house, where)))
    assert not list(site.rglob("_"))
    assert not (site / "errors" / "fork-cuda-reinit").exists()


def _meta(page: Path) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)"', page.read_text())
    return {name: unescape(content) for name, content in found}


def test_every_page_has_a_card_that_is_there(repository: Path) -> None:
    """Each page names a picture of the site, its size and what it shows; errors their own."""
    site = build_site(repository, "https://example.org/some/prefix/")
    metas = {page.relative_to(site).as_posix(): _meta(page) for page in site.rglob("index.html")}
    pages = {path: meta for path, meta in metas.items() if "og:image" in meta}
    for meta in pages.values():
        path = meta["og:image"].removeprefix("https://example.org/some/prefix/")
        with Image.open(site / path) as image:
            assert (meta["og:image:width"], meta["og:image:height"]) == tuple(map(str, image.size))
        assert ("summary_large_image", meta["og:image"], meta["og:image:alt"]) == (
            *(meta["twitter:card"], meta["twitter:image"], meta["twitter:image:alt"]),
        )
    english, chinese = (pages[f"{at}errors/backward-twice/index.html"] for at in ("", "zh/"))

    assert english["og:image"].endswith("/prefix/cards/backward-twice-en.png")
    assert chinese["og:image"].endswith("/prefix/cards/backward-twice-zh.png")
    assert "3 fixes verified" in english["og:image:alt"]
    assert "3 种修复" in chinese["og:image:alt"]
    assert pages["index.html"]["og:image"].endswith("/prefix/assets/card.png")
    assert len(pages) > 10
    assert not list(site.rglob("*.otf")) + list(site.rglob("*.ttf"))


def test_cards_can_be_left_out(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `PROVENFIX_CARDS=off` nothing is drawn, and every page has the card of the site."""
    monkeypatch.setenv("PROVENFIX_CARDS", "off")
    site = build_site(repository)
    meta = _meta(site / "errors" / "backward-twice" / "index.html")

    assert meta["og:image"].endswith("/assets/card.png")
    assert "PyTorch errors, and the fixes that were run" in meta["og:image:alt"]
    assert not (site / "cards").exists()


def test_problems_stop_the_build(repository: Path) -> None:
    """Problems are listed with their places, all of them, and no traceback is shown."""
    entry = repository / "entries" / "backward-twice" / "entry.yaml"
    entry.write_text(entry.read_text("utf-8") + "surprise: 1\n", "utf-8")
    (repository / "entries" / "fork-cuda-reinit" / "fix_spawn.py").unlink()
    built = mkdocs_build(repository)

    assert 1 == built.returncode
    assert "backward-twice/entry.yaml:23:11: must not have the key 'surprise'" in built.stderr
    assert "fork-cuda-reinit/entry.yaml:6:14: must have a script fix_spawn.py" in built.stderr
    assert "Traceback" not in built.stdout + built.stderr


def test_missing_page_stops_the_build(repository: Path) -> None:
    """A rendered page that does not come out fails the build and is named."""
    settings = repository / "mkdocs.yml"
    text = settings.read_text("utf-8")
    left_out = "exclude_docs: |\n  /releases/index.zh.md\n"
    settings.write_text(text.replace("exclude_docs: |\n", left_out), "utf-8")
    built = mkdocs_build(repository)

    assert 1 == built.returncode
    assert "1 files were not built: zh/releases/index.html" in built.stderr


def _hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The hook, loaded as MkDocs does."""
    path = Path(__file__).parents[3] / "scripts" / "mkdocs_hook.py"
    spec = importlib.util.spec_from_file_location("hook_under_test", path)
    assert spec
    assert spec.loader
    hook = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, hook)
    spec.loader.exec_module(hook)
    return hook


@pytest.mark.parametrize(
    ("asked", "expected"), [("zh", "错误页"), ("en", "Errors"), ("", "Errors")]
)
def test_language_of_its_bars(monkeypatch: pytest.MonkeyPatch, asked: str, expected: str) -> None:
    """A build speaks the language that is asked for, as all our commands do."""
    monkeypatch.setattr(speech, "_chosen", speech.spoken())
    monkeypatch.setenv("PROVENFIX_LANG", asked)
    _hook(monkeypatch).on_startup("build", dirty=False)

    assert expected == speech.say("cli.build.errors")


def test_page_does_not_outlive_its_evidence(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In `mkdocs serve`, which builds again in one process, a page that lost its evidence goes."""
    hook = _hook(monkeypatch)
    plugins = {"i18n": SimpleNamespace(building=False)}
    config = SimpleNamespace(
        config_file_path=str(repository / "mkdocs.yml"),
        plugins=plugins,
        site_url="http://127.0.0.1:8000/",
        site_dir=str(repository / ".site.new"),
    )
    hook.on_pre_build(config)

    assert ["backward-twice"] == [e.entry.slug for e in hook.current.content.standing.published]
    assert "errors/backward-twice.md" in hook.current.content.generated.verbatim["llms.txt"]

    shutil.rmtree(repository / "evidence" / "backward-twice")
    hook.on_pre_build(config)

    assert () == hook.current.content.standing.published
    assert "errors/backward-twice.md" not in hook.current.content.generated.verbatim["llms.txt"]


def test_theme_without_a_place_stops_the_build(repository: Path) -> None:
    """A template that lost the mark of errors fails the build, which names the mark."""
    template = repository / "docs" / "overrides" / "main.html"
    template.write_text(template.read_text("utf-8").replace("<!--pf:body-->", ""), "utf-8")
    built = mkdocs_build(repository)

    assert 1 == built.returncode
    assert "docs/overrides keep no place for: body" in built.stderr


def test_failed_build_leaves_the_published_site(repository: Path) -> None:
    """A build that fails after an earlier one leaves each of its files as it was."""
    site = build_site(repository)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (repository / "entries" / "backward-twice" / "entry.yaml").write_text("surprise: 1\n")
    built = mkdocs_build(repository)

    assert 1 == built.returncode
    assert before == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_broken_link_stops_the_build(repository: Path) -> None:
    """A link from a hand-written page to an error that has no page fails the build, which leaves
    the published site as it was."""
    before = files_below(build_site(repository))
    page = repository / "docs" / "contributing.en.md"
    page.write_text(page.read_text("utf-8") + "\n[x](errors/fork-cuda-reinit.md)\n", "utf-8")
    built = mkdocs_build(repository)

    assert 1 == built.returncode
    assert "errors/fork-cuda-reinit.md" in built.stderr
    assert before == files_below(repository / "site")
