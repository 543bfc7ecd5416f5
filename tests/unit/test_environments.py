"""Making environments, one at a time and none left behind; what changed since a revision."""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import subprocess
import sys
from collections import namedtuple
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NoReturn

import pytest
from fake_uv import WORDS, asked, install

from provenfix.matrix import environments
from provenfix.matrix import uv as uv_program
from provenfix.matrix.campaign import Campaign
from provenfix.matrix.changed import RevisionError, changed
from provenfix.matrix.environments import Maker, verify, wanted
from provenfix.matrix.uv import EnvironmentFailedError
from provenfix.records import Environment, Store
from provenfix.runner.client import WorkerError
from provenfix.vocabulary import Column

GIB = 1024**3
Usage = namedtuple("Usage", "total used free")


def _column(torch: str = "2.13.0", **changes: str) -> Column:
    content = {
        "name": f"cpu-torch-{torch}",
        "device": "cpu",
        "python": "3.11",
        "torch": torch,
        "build": "cpu",
        "numpy": "2.4.6",
        "setuptools": "84.2.1",
        **changes,
    }
    return Column.model_validate(content)


@pytest.fixture(autouse=True)
def _much_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is never too full, and pip knows of no further places."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(99 * GIB, 0, 99 * GIB))
    monkeypatch.setenv("UV_FIND_LINKS", "/wheels")


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fake uv, in use."""
    (tmp_path / "tools").mkdir()
    path = install(tmp_path / "tools")
    monkeypatch.setattr(uv_program, "_found", lambda: str(path))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "matrix"


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _failure(maker: Maker, column: Column) -> tuple[str, dict[str, object]]:
    with pytest.raises(EnvironmentFailedError) as caught, maker.environment(column):
        pass
    return caught.value.code, caught.value.values


def test_environment_is_made_and_removed(uv: Path, folder: Path) -> None:
    """uv is asked for a venv and the three pins; what it made is gone afterwards."""
    place = folder / "cpu-torch-2.13.0"
    cache = ["--cache-dir", str(folder / "cache")]
    with Maker(folder).environment(_column()) as python:
        code = "import torch; print(torch.__version__)"
        ran = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)

    assert (str(place / "bin" / "python"), "2.13.0+cpu\n") == (python, ran.stdout)
    pins = ["torch==2.13.0+cpu", "numpy==2.4.6", "setuptools==84.2.1"]
    assert [
        ["venv", "--quiet", "--no-project", "--python", "3.11", str(place), *cache],
        ["pip", "install", "--quiet", "--python", python, *pins, *cache],
    ] == asked(uv)
    assert ["lock"] == _left(folder)


def test_environment_is_removed_after_an_error(uv: Path, folder: Path) -> None:
    """An error of whoever uses an environment does not leave it behind."""
    maker = Maker(folder)
    with pytest.raises(ZeroDivisionError), maker.environment(_column()):
        raise ZeroDivisionError

    assert ["lock"] == _left(folder)


def test_kept_environment_is_used_again(uv: Path, folder: Path) -> None:
    """With `keep` the second time asks uv for nothing."""
    for _ in range(2):
        with Maker(folder, keep=True).environment(_column()) as python:
            assert os.access(python, os.X_OK)

    assert 2 == len(asked(uv))
    assert ["cpu-torch-2.13.0", "lock"] == _left(folder)


def test_kept_environment_of_other_pins_is_made_anew(uv: Path, folder: Path) -> None:
    """A kept environment whose line changed since is not the one that is wanted."""
    for numpy in ("2.4.6", "2.4.5"):
        with Maker(folder, keep=True).environment(_column(numpy=numpy)) as python:
            packages = Path(python).parents[1] / "lib" / "python3.11" / "site-packages"

            assert [f"numpy-{numpy}.dist-info"] == [p.name for p in packages.glob("numpy*")]


def test_half_made_environment_is_made_anew(uv: Path, folder: Path) -> None:
    """What a killed run left half made is removed first."""
    half = folder / "cpu-torch-2.13.0" / "bin"
    half.mkdir(parents=True)
    (half / "half").touch()
    with Maker(folder).environment(_column()):
        assert ["python"] == _left(half)


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("torch", WORDS)
def test_environment_that_cannot_be_made(uv: Path, folder: Path, torch: str, keep: bool) -> None:
    """uv's own words are the reason, and nothing half made stays, not even with `keep`."""
    expected = " ".join(line.strip() for line in WORDS[torch].splitlines())

    assert ("uv", {"reason": expected}) == _failure(Maker(folder, keep=keep), _column(torch))
    assert ["lock"] == _left(folder)


def test_long_answer_of_uv_is_cut(uv: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many lines the last six are told."""
    uv.write_text("#!/bin/sh\nseq 1 20 >&2\nexit 2\n", "utf-8")

    assert ("uv", {"reason": "15 16 17 18 19 20"}) == _failure(Maker(folder), _column())


def test_uv_ends_with_us(uv: Path, folder: Path, tmp_path: Path) -> None:
    """A uv at work is gone once the process that asked for it is killed."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    uv.write_text(f"#!/bin/sh\necho $$ > {pipe}\nexec sleep 600\n", "utf-8")
    code = (
        "from pathlib import Path\n"
        "from provenfix.matrix import uv\n"
        f"uv._found = lambda: {str(uv)!r}\n"
        "uv.Uv().run('venv')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        working = os.pidfd_open(int(pipe.read_text("utf-8")))
        process.kill()
    ended = select.poll()
    ended.register(working, select.POLLIN)

    assert [(working, select.POLLIN)] == ended.poll(10_000)
    os.close(working)


def test_uv_without_a_word(uv: Path, folder: Path) -> None:
    """A uv that fails silently gives its exit status as the reason."""
    uv.write_text("#!/bin/sh\nexit 3\n", "utf-8")

    assert ("uv", {"reason": "exit status 3"}) == _failure(Maker(folder), _column())


def test_too_little_disk(uv: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an environment would not fit, uv is not even started."""
    free = int(7.94 * GIB)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(99 * GIB, 0, free))

    assert ("disk", {"needed": "8.0", "free": "7.9", "folder": folder}) == _failure(
        Maker(folder), _column()
    )
    assert [] == asked(uv)


def test_only_one_at_a_time(uv: Path, folder: Path) -> None:
    """While someone holds the folder, nothing in it is touched; afterwards it is free."""
    folder.mkdir()
    with open(folder / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)

        assert ("locked", {"folder": folder}) == _failure(Maker(folder), _column())
        assert [] == asked(uv)

    with Maker(folder).environment(_column()):
        assert ("locked", {"folder": folder}) == _failure(Maker(folder), _column("2.12.1"))


@pytest.mark.parametrize(("own", "limit", "kept"), [(True, 0, []), (True, 99, ["packed"])])
def test_own_cache_is_kept_small(
    uv: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, own: bool, limit: int, kept: list[str]
) -> None:
    """A cache in the folder is emptied before the folder grows beyond its limit, else kept."""
    cache = folder / "cache"
    cache.mkdir(parents=True)
    (cache / "packed").write_bytes(b"x" * 10_000)
    monkeypatch.setattr(environments, "LIMIT", environments.NEEDED + limit * 1000)
    with Maker(folder).environment(_column()):
        assert kept == [path.name for path in cache.glob("*")]


def test_cache_of_the_user_is_never_emptied(
    uv: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that was named is used and left alone, however large."""
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "packed").write_bytes(b"x" * 10_000)
    monkeypatch.setattr(environments, "LIMIT", 0)
    with Maker(folder, cache).environment(_column()):
        pass

    assert ["packed"] == _left(cache)
    assert {str(cache)} == {call[call.index("--cache-dir") + 1] for call in asked(uv)}


@pytest.mark.parametrize(
    ("build", "torch"), [("cpu", "torch==2.13.0+cpu"), ("cu130", "torch==2.13.0")]
)
def test_cpu_build_is_asked_for_by_its_label(build: str, torch: str) -> None:
    """The registry's own build has no label; the CPU build has."""
    assert [torch, "numpy==2.4.6", "setuptools==84.2.1"] == wanted(_column(build=build))


def test_uv_beside_this_interpreter_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """uv is the one beside this interpreter, else that on PATH, else it is missing."""
    beside, elsewhere = tmp_path / "beside", tmp_path / "elsewhere"
    for place in (beside, elsewhere):
        place.mkdir()
        install(place)
    monkeypatch.setattr(sys, "executable", str(beside / "python"))
    monkeypatch.setenv("PATH", str(elsewhere))

    assert str(beside / "uv") == uv_program._found()
    (beside / "uv").unlink()
    assert str(elsewhere / "uv") == uv_program._found()
    (elsewhere / "uv").unlink()
    with pytest.raises(EnvironmentFailedError, match="no_uv"):
        Maker(tmp_path)


@pytest.mark.parametrize(
    ("links", "expected"), [("/a /b", ["--find-links", "/a", "--find-links", "/b"])]
)
def test_places_that_pip_knows_are_passed_on(
    uv: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, links: str, expected: list[str]
) -> None:
    """Where pip looks for wheels, uv looks too; a venv needs none."""
    monkeypatch.delenv("UV_FIND_LINKS")
    monkeypatch.setenv("PIP_FIND_LINKS", links)
    with Maker(folder).environment(_column()):
        venv, pip = asked(uv)

    assert (expected, False) == (pip[-len(expected) :], "--find-links" in venv)


HERE = Environment(
    device="cpu",
    python="3.11.7",
    torch="2.13.0",
    build="cpu",
    numpy="2.4.6",
    setuptools="84.2.1",
    system="Linux x86_64",
    capabilities=(),
    gpu=None,
)


def test_environment_that_is_as_planned() -> None:
    """The patch release of Python and the machine are not part of a column."""
    verify(_column(), HERE)
    verify(_column(), HERE.model_copy(update={"python": "3.11.9", "system": "Linux aarch64"}))


@pytest.mark.parametrize(
    ("key", "got", "shown"),
    [
        ("python", "3.12.1", "3.12"),
        ("torch", "2.12.1", "2.12.1"),
        ("build", "cu130", "cu130"),
        ("numpy", None, None),
        ("setuptools", "80.10.2", "80.10.2"),
    ],
)
def test_environment_that_is_something_else(key: str, got: str | None, shown: str | None) -> None:
    """The first fact that differs from the column is named with both values."""
    with pytest.raises(EnvironmentFailedError) as caught:
        verify(_column(), HERE.model_copy(update={key: got}))
    expected = "3.11" if key == "python" else getattr(HERE, key)

    assert ("other", {"fact": key, "expected": expected, "got": shown}) == (
        caught.value.code,
        caught.value.values,
    )


def test_gpu_column_needs_a_gpu() -> None:
    """An environment without a GPU is none of a GPU column."""
    with pytest.raises(EnvironmentFailedError) as caught:
        verify(_column(device="gpu"), HERE)

    assert {"fact": "device", "expected": "gpu", "got": "cpu"} == caught.value.values


# A campaign, where the machine fails.


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), "system"),
        (WorkerError("/x/python: Exec format error"), "python"),
        (EnvironmentFailedError("no_worker", resource="torch-2.13.0"), "no_worker"),
    ],
)
def test_column_that_fails_does_not_stop_the_others(
    tmp_path: Path, error: Exception, code: str
) -> None:
    """Each column has its result, and none of its reasons ends the campaign."""

    def enter(column: Column) -> NoReturn:
        raise error

    columns = [_column(), _column("2.12.1")]
    store = Store(environments={}, records={})
    campaign = Campaign(root=tmp_path, entries=[], store=store, enter=enter)
    results = list(campaign.run(columns, lambda *_: nullcontext(lambda *_: None)))

    assert [("cpu-torch-2.13.0", code), ("cpu-torch-2.12.1", code)] == [
        (result.column.name, result.failure and result.failure.code) for result in results
    ]


@pytest.mark.parametrize("again", [False, True])
def test_no_column_is_open_without_entries(tmp_path: Path, again: bool) -> None:
    """No environment is made where there is nothing to run in it."""
    store = Store(environments={}, records={})
    settings: dict[str, Any] = {"root": tmp_path, "store": store, "enter": nullcontext}
    campaign = Campaign(entries=[], again=again, **settings)

    assert () == campaign.open_columns([_column()])


# What changed since a revision.


def git(root: Path, *arguments: str) -> None:
    """Run git in a repository of a test, by nobody's settings."""
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(root), *who, *arguments]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | settings)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository with three entries, committed; it lies below the top of its work tree."""
    root = tmp_path / "tree" / "house"
    for slug in ("one", "two", "three"):
        (root / "entries" / slug).mkdir(parents=True)
        (root / "entries" / slug / "repro.py").write_text("1\n", "utf-8")
    (root / "entries" / "groups.yaml").write_text("a\n", "utf-8")
    git(tmp_path / "tree", "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "All entries")
    return root


def test_nothing_changed(history: Path) -> None:
    """A clean work tree differs in no entry from its last commit."""
    assert frozenset() == changed(history, "HEAD")


def test_changed_new_and_removed_entries(history: Path) -> None:
    """Edited, staged, new and removed files tell their entries; other files do not."""
    (history / "entries" / "one" / "repro.py").write_text("2\n", "utf-8")
    (history / "entries" / "two" / "repro.py").unlink()
    (history / "entries" / "four").mkdir()
    (history / "entries" / "four" / "与.py").write_text("1\n", "utf-8")
    (history / "entries" / "three" / "new.py").write_text("1\n", "utf-8")
    git(history, "add", "entries/three")
    (history / "entries" / "groups.yaml").write_text("b\n", "utf-8")
    (history / "notes").write_text("b\n", "utf-8")

    assert {"one", "two", "three", "four"} == changed(history, "HEAD")


def test_changed_since_an_older_commit(history: Path) -> None:
    """What was committed since counts as changed."""
    (history / "entries" / "one" / "repro.py").write_text("2\n", "utf-8")
    git(history, "commit", "--quiet", "--all", "-m", "One")

    assert (frozenset(), {"one"}) == (changed(history, "HEAD"), changed(history, "HEAD~"))


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=stolen", "HEAD~7"])
def test_unknown_revision(history: Path, revision: str) -> None:
    """What git does not take for a commit is an error with git's words, and never an option."""
    with pytest.raises(RevisionError, match=r"fatal: (bad revision|ambiguous argument) '"):
        changed(history, revision)

    assert ["entries"] == _left(history)


def test_folder_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a repository, and without git, the reason is told."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError, match="fatal: not a git repository"):
        changed(tmp_path, "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match="git is not installed"):
        changed(tmp_path, "HEAD")
