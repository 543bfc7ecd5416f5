"""A site is one and the same however it is built, and the old one stands until the new one is."""

from __future__ import annotations

import os
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


def test_killed_build_leaves_the_old_site(repository: Path, on_all_cores: dict[str, bytes]) -> None:
    """A build killed while it writes pages has changed nothing, and does not disturb the next."""
    build_site(repository)
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=repository,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "http://127.0.0.1:8000/"},
        start_new_session=True,
    ) as build:
        begun = repository / ".site.new" / "index.html"
        while build.poll() is None and not begun.exists():
            time.sleep(0.01)
        os.killpg(build.pid, signal.SIGKILL)

    assert -signal.SIGKILL == build.returncode
    assert on_all_cores == files_below(repository / "site")
    assert on_all_cores == files_below(build_site(repository))
