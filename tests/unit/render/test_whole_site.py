"""A site is one and the same however it is built, and the old one stands until the new one is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_house import (
    build_site,
    copy_site,
    files_below,
    house,
    mkdocs_build,
    observe,
    write_evidence,
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The small house, with evidence, ready to build."""
    write_evidence(copy_site(tmp_path), observe(house()))
    return tmp_path


@pytest.fixture
def one_core() -> Iterator[None]:
    """This process and those that it starts may use one core only."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


@pytest.fixture(scope="module")
def on_all_cores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a site that was built from nothing on all cores."""
    root = copy_site(tmp_path_factory.mktemp("all-cores"))
    write_evidence(root, observe(house()))
    return files_below(build_site(root))


@pytest.mark.usefixtures("one_core")
def test_one_process_builds_the_same_site(repository: Path, on_all_cores: dict[str, bytes]) -> None:
    """What several processes make together is, byte for byte, what one makes alone."""
    assert on_all_cores == files_below(build_site(repository))


def test_second_build_makes_the_same_site(repository: Path, on_all_cores: dict[str, bytes]) -> None:
    """Nothing of an earlier build gets into a later one, though its entries were others."""
    summary = repository / "entries/backward-twice/en.yaml"
    text = summary.read_text("utf-8")
    summary.write_text(text.replace("title: ", "title: Older ", 1), "utf-8")
    assert on_all_cores != files_below(build_site(repository))
    summary.write_text(text, "utf-8")

    assert on_all_cores == files_below(build_site(repository))


def test_failed_build_leaves_the_old_site(repository: Path, on_all_cores: dict[str, bytes]) -> None:
    """An entry that cannot be read stops the build; what was published stays."""
    build_site(repository)
    (repository / "entries/backward-twice/en.yaml").write_text("title: [", "utf-8")

    assert 0 != mkdocs_build(repository).returncode
    assert on_all_cores == files_below(repository / "site")


def _building(repository: Path) -> subprocess.Popen[bytes]:
    """A build that has begun, in a group of processes of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=repository,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "http://127.0.0.1:8000/"},
        start_new_session=True,
    )


def test_killed_build_leaves_the_old_site(repository: Path, on_all_cores: dict[str, bytes]) -> None:
    """A build killed while it writes pages has changed nothing, and does not disturb the next."""
    build_site(repository)
    with _building(repository) as build:
        begun = repository / ".site.new" / "index.html"
        while build.poll() is None and not begun.exists():
            time.sleep(0.01)
        os.killpg(build.pid, signal.SIGKILL)

    assert -signal.SIGKILL == build.returncode
    assert on_all_cores == files_below(repository / "site")
    assert on_all_cores == files_below(build_site(repository))


def test_next_build_takes_what_is_still_right(
    repository: Path, on_all_cores: dict[str, bytes]
) -> None:
    """What an entry had on the site that stands is taken from there, not made again."""
    site = build_site(repository)
    page = Path("errors/backward-twice/index.html")
    before = (site / page).stat()
    after = (build_site(repository) / page).stat()

    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert on_all_cores == files_below(site)


def test_sites_take_turns(repository: Path, on_all_cores: dict[str, bytes]) -> None:
    """The third site is the first one, mended: its folder, without what is not of it any more."""
    site = build_site(repository)
    first = site.stat().st_ino
    summary = repository / "entries/backward-twice/en.yaml"
    text = summary.read_text("utf-8")
    summary.write_text(text.replace("title: ", "title: Newer ", 1), "utf-8")
    edited = files_below(build_site(repository))
    left = repository / ".site.old"
    (left / "errors" / "stray.html").write_text("stray", "utf-8")
    (left / "strays").mkdir()
    third = files_below(build_site(repository))

    assert on_all_cores != edited
    assert edited == third
    assert first == site.stat().st_ino
    summary.write_text(text, "utf-8")
    assert on_all_cores == files_below(build_site(repository))
    assert not (site / "strays").exists()


@pytest.mark.parametrize("damage", [b"", b"<p>", None])
def test_damaged_old_site_is_mended(
    repository: Path, on_all_cores: dict[str, bytes], damage: bytes | None
) -> None:
    """The same holds of the site before, of which the next one is made."""
    build_site(repository)
    build_site(repository)
    for path in ("errors/backward-twice/index.html", "pagefind/pagefind.js", "index.html"):
        page = repository / ".site.old" / path
        page.unlink()
        if damage is not None:
            page.write_bytes(damage)

    assert on_all_cores == files_below(build_site(repository))


def test_build_killed_in_the_old_site(repository: Path, on_all_cores: dict[str, bytes]) -> None:
    """A build killed in the midst of making the next site of the old one does not disturb."""
    build_site(repository)
    build_site(repository)
    memory = repository / "build/cache/site/built-before"
    with _building(repository) as build:
        while build.poll() is None and memory.exists():
            time.sleep(0.001)
        os.killpg(build.pid, signal.SIGKILL)

    assert -signal.SIGKILL == build.returncode
    assert on_all_cores == files_below(repository / "site")
    assert on_all_cores == files_below(build_site(repository))


@pytest.mark.parametrize("damage", [b"", b"<p>", None])
def test_damaged_site_is_built_anew(
    repository: Path, on_all_cores: dict[str, bytes], damage: bytes | None
) -> None:
    """A file of the old site that is not as a build left it, or is gone, is made again."""
    page = build_site(repository) / "errors/backward-twice/index.html"
    if damage is None:
        page.unlink()
    else:
        page.write_bytes(damage)

    assert on_all_cores == files_below(build_site(repository))


def test_damaged_cache_is_made_anew(repository: Path, on_all_cores: dict[str, bytes]) -> None:
    """A build believes no file of its cache that is not whole."""
    build_site(repository)
    kept = [path for path in (repository / "build/cache").rglob("*") if path.is_file()]
    for path in kept:
        path.write_bytes(path.read_bytes()[:-9])

    assert kept
    assert on_all_cores == files_below(build_site(repository))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("entries/fork-cuda-reinit/en.yaml", "title: ", "title: Older "),
        ("docs/overrides/partials/head.html", 'content="1200"', 'content="1201"'),
        ("mkdocs.yml", "name: 中文", "name: 汉语"),
        ("environments.yaml", "name: cpu-torch-2.15.0", "name: cpu-torch-next"),
    ],
)
def test_change_elsewhere_reaches_every_page(
    repository: Path, on_all_cores: dict[str, bytes], path: str, old: str, new: str
) -> None:
    """What a page takes from other entries, the theme and the settings is seen like its own."""
    build_site(repository)
    source = repository / path
    source.write_text(source.read_text("utf-8").replace(old, new, 1), "utf-8")
    warm = files_below(build_site(repository))
    shutil.rmtree(repository / "build/cache")

    assert on_all_cores != warm
    assert warm == files_below(build_site(repository))
