"""The matrix through the command line, with a uv that makes its environments at once."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fake_uv
import pytest

from provenfix import digest

ENTRY = "entries/empty-mean"
COLUMN = """\
  - {{name: cpu-torch-{torch}, device: cpu, python: "{python}", torch: "{torch}", build: {build},
     numpy: "2.4.6", setuptools: "84.2.1"}}
"""
Start = Callable[..., subprocess.Popen[str]]
Matrix = Callable[..., subprocess.CompletedProcess[str]]


def _plan(root: Path, *versions: str, build: str = "cpu", python: str = "3.11") -> None:
    """Write environments.yaml with a column for each version."""
    columns = (COLUMN.format(torch=torch, build=build, python=python) for torch in versions)
    text = f"ci: cpu-torch-{versions[0]}\nenvironments:\n{''.join(columns)}"
    (root / "environments.yaml").write_text(text, "utf-8")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that has provenfix as this one has, but no uv beside it."""
    python = fake_uv.plain_environment(tmp_path_factory.mktemp("installed"))
    source = Path(__file__).parents[2] / "src"
    (fake_uv.packages(python) / "all.pth").write_text(
        f"{source}\n{sysconfig.get_path('purelib')}\n", "utf-8"
    )
    return python


@pytest.fixture
def uv(tmp_path: Path) -> Path:
    """The fake uv, alone in its folder."""
    (tmp_path / "tools").mkdir()
    return fake_uv.install(tmp_path / "tools")


@pytest.fixture
def start(repository: Path, installed: Path, uv: Path) -> Start:
    """Start `provenfix matrix` in the small repository, with the fake uv on PATH."""

    def start_matrix(*arguments: str, **settings: str) -> subprocess.Popen[str]:
        usual = {
            "COLUMNS": "200",
            "NO_COLOR": "1",
            "PATH": f"{uv.parent}:{os.environ['PATH']}",
            "UV_FIND_LINKS": "/wheels",
            "GIT_CEILING_DIRECTORIES": str(repository.parent),
        }
        return subprocess.Popen(
            [str(installed), "-m", "provenfix", "matrix", *arguments],
            cwd=repository,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **usual, **settings},
        )

    return start_matrix


@pytest.fixture
def matrix(start: Start) -> Matrix:
    """Run `provenfix matrix` to its end."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        with start(*arguments, **settings) as process:
            stdout, stderr = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    return run


def _files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The content of each file and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def _recorded(root: Path) -> list[str]:
    """The versions of torch with a record of some entry, and of which."""
    found = []
    for path in root.glob("evidence/*/*.json"):
        content = json.loads(path.read_text("utf-8"))
        if path.parent.name != "environments":
            found.append(f"{path.parent.name} {content['environment'].split('-')[2]}")
    return sorted(found)


def _folder(root: Path) -> list[str]:
    return sorted(path.name for path in (root / ".matrix").iterdir())


def _json(ran: subprocess.CompletedProcess[str]) -> Any:
    assert "" == ran.stderr
    return json.loads(ran.stdout)


def _steps(ran: subprocess.CompletedProcess[str]) -> list[str]:
    """What is said of each column that was run, without the seconds."""
    lines = ran.stdout.splitlines()
    return [line.partition(" (made in")[0] for line in lines if " cells run, " in line]


def test_every_column_is_made_run_and_recorded(matrix: Matrix, repository: Path, uv: Path) -> None:
    """Each environment is made, its cells are recorded and verified, and nothing of it stays."""
    _plan(repository, "2.12.1", "2.13.0")
    ran = matrix()
    done = "5 cells run, 1 evidence files changed"
    table = [line.strip("│ ").split() for line in ran.stdout.splitlines() if "│" in line]

    assert (0, "") == (ran.returncode, ran.stderr)
    assert [f"[1/2] cpu-torch-2.12.1: {done}", f"[2/2] cpu-torch-2.13.0: {done}"] == _steps(ran)
    assert [["cpu-torch-2.12.1", "│", "4"], ["cpu-torch-2.13.0", "│", "4"]] == table
    assert ["empty-mean torch2.12.1", "empty-mean torch2.13.0"] == _recorded(repository)
    assert ["lock"] == _folder(repository)
    assert ["venv", "pip", "venv", "pip"] == [call[0] for call in fake_uv.asked(uv)]


def test_second_run_has_nothing_to_do(matrix: Matrix, repository: Path, uv: Path) -> None:
    """Where everything is recorded and fresh, uv is not even started and no file changes."""
    matrix()
    before, calls = _files(repository), len(fake_uv.asked(uv))
    ran = matrix()

    assert (0, "", []) == (ran.returncode, ran.stderr, _steps(ran))
    assert "cpu-torch-2.13.0" in ran.stdout
    assert (before, calls) == (_files(repository), len(fake_uv.asked(uv)))


def test_again_leaves_an_empty_diff(matrix: Matrix, repository: Path) -> None:
    """Running everything anew in environments made anew changes no byte and writes no file."""
    matrix()
    before = _files(repository / "evidence")
    ran = _json(matrix("--again", "--json"))["ran"]

    assert [("cpu-torch-2.13.0", 5, 0, None)] == [
        (step["column"], step["cells"], step["changed"], step["failure"]) for step in ran
    ]
    assert before == _files(repository / "evidence")


def test_only_what_is_stale_is_run(matrix: Matrix, repository: Path) -> None:
    """A changed fix is run again beside its control, and nothing else."""
    matrix()
    path = repository / ENTRY / "fix_guard.py"
    path.write_text(path.read_text("utf-8") + "#", "utf-8")
    content = _json(matrix("--json"))

    assert [(2, 1)] == [(step["cells"], step["changed"]) for step in content["ran"]]
    assert [{"verified": 4}] == list(content["columns"]["cpu-torch-2.13.0"].values())


def test_text_that_was_not_looked_for_yet(matrix: Matrix, repository: Path) -> None:
    """A record without its literals gets them, though no cell needs to run."""
    matrix()
    (path,) = (repository / "evidence" / "empty-mean").iterdir()
    whole = path.read_bytes()
    content = json.loads(whole)
    del content["seal"]
    assert {"cannot take the mean of nothing": False} == content.pop("literals")
    sealed = {**content, "literals": {}}
    sealed["seal"] = digest.of_json(sealed)
    path.write_text(json.dumps(sealed), "utf-8")

    assert [(0, 1)] == [(s["cells"], s["changed"]) for s in _json(matrix("--json"))["ran"]]
    assert whole == path.read_bytes()


def test_broken_record_is_open_work(matrix: Matrix, repository: Path) -> None:
    """A truncated record, and one of a claim that is gone, are replaced."""
    matrix()
    (path,) = (repository / "evidence" / "empty-mean").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:100])

    assert 0 == matrix().returncode
    assert whole == path.read_bytes()

    for name in ("entry.yaml", "en.yaml", "zh.yaml"):
        file = repository / ENTRY / name
        file.write_text(file.read_text("utf-8").replace("fix_guard", "fix_look"), "utf-8")
    (repository / ENTRY / "fix_guard.py").rename(repository / ENTRY / "fix_look.py")

    assert 0 == matrix().returncode
    assert ["fix_default", "fix_look", "nofix_retry", "nofix_zero", "repro"] == list(
        json.loads(path.read_text("utf-8"))["cells"]
    )


def test_json(matrix: Matrix, repository: Path) -> None:
    """Machines get the verdicts by column and environment, and what became of each column."""
    _plan(repository, "2.13.0", "9.9.9")
    ran = matrix("--json")
    content = _json(ran)
    seconds = [
        (step.pop("seconds_to_make") >= 0, step.pop("seconds_to_run") >= 0)
        for step in content["ran"]
    ]
    (name,) = content["columns"]["cpu-torch-2.13.0"]

    assert (1, [(True, True)] * 2) == (ran.returncode, seconds)
    assert name.startswith("cpu-py311-torch2.13.0-cpu-")
    assert {
        "columns": {"cpu-torch-2.13.0": {name: {"verified": 4}}, "cpu-torch-9.9.9": {}},
        "ran": [
            {"column": "cpu-torch-2.13.0", "cells": 5, "changed": 1, "failure": None},
            {"column": "cpu-torch-9.9.9", "cells": 0, "changed": 0, "failure": UV[0]},
        ],
    } == content


RETRY = (
    "\n  tip: check the version in environments.yaml and the network; "
    "provenfix matrix goes on from here"
)
UV = [
    "uv must be able to install it (got: × No solution found when resolving dependencies: ╰─▶ "
    "Because there is no version of torch==9.9.9 and you require torch==9.9.9, we can conclude "
    f"that your requirements are unsatisfiable.){RETRY}",
    "uv must be able to install it (got: error: Request failed after 3 retries in 5.1s Caused by: "
    "Failed to fetch: `https://pypi.org/simple/torch/` Caused by: error sending request for url "
    "(https://pypi.org/simple/torch/) Caused by: client error (Connect) Caused by: dns error "
    "Caused by: failed to lookup address information: Temporary failure in name resolution)"
    f"{RETRY}",
    "uv must be able to install it (got: error: Failed to install: "
    "torch-7.7.7-cp311-cp311-manylinux_2_28_x86_64.whl (torch==7.7.7) Caused by: failed to copy "
    f"file: No space left on device (os error 28)){RETRY}",
]
FAILURES = {
    "9.9.9": UV[0],
    "8.8.8": UV[1],
    "7.7.7": UV[2],
    "6.6.6": "torch must be 6.6.6, as in environments.yaml (got: 6.6.5)"
    "\n  tip: correct the line of this environment",
    "5.5.5": "its interpreter must be able to import torch "
    "(got: ImportError: libtorch.so: cannot open shared object file)"
    "\n  tip: check the versions in environments.yaml",
}


@pytest.mark.parametrize("torch", FAILURES)
@pytest.mark.parametrize("keep", [(), ("--keep",)], ids=["", "keep"])
def test_environment_that_fails(
    matrix: Matrix, repository: Path, torch: str, keep: tuple[str, ...]
) -> None:
    """It is named with reason and tip, leaves nothing behind, and the others go on."""
    _plan(repository, "2.12.1", torch, "2.13.0")
    ran = matrix(*keep)
    name, reason = f"cpu-torch-{torch}", FAILURES[torch]
    kept = ["cpu-torch-2.12.1", "cpu-torch-2.13.0"] if keep else []
    # One that was made stays with --keep, also if it is not what it should be.
    kept += [name] if keep and torch in (fake_uv.BROKEN, fake_uv.OTHER) else []

    assert (1, f"[2/3] {name}: {reason}\n{name}: {reason}\n") == (ran.returncode, ran.stderr)
    assert ["empty-mean torch2.12.1", "empty-mean torch2.13.0"] == _recorded(repository)
    assert 2 == len(list((repository / "evidence" / "environments").iterdir()))
    assert sorted([*kept, "lock"]) == _folder(repository)


def test_mended_environment_is_all_that_is_left(matrix: Matrix, repository: Path) -> None:
    """After a line of environments.yaml is corrected, only its own column is run."""
    _plan(repository, "2.12.1", "9.9.9")
    matrix()
    _plan(repository, "2.12.1", "2.13.0")
    ran = matrix()

    assert (0, ["[1/1] cpu-torch-2.13.0: 5 cells run, 1 evidence files changed"]) == (
        ran.returncode,
        _steps(ran),
    )


@pytest.mark.parametrize(
    ("build", "python", "message"),
    [
        (
            "cu126",
            "3.11",
            "build must be cu126, as in environments.yaml (got: cu130)"
            "\n  tip: correct the line of this environment",
        ),
        (
            "cpu",
            "3.10",
            "python must be 3.10, as in environments.yaml (got: 3.11)"
            "\n  tip: correct the line of this environment",
        ),
        (
            "cpu",
            "3.99",
            "uv must be able to install it (got: error: No interpreter found for Python 3.99 in "
            f"managed installations){RETRY}",
        ),
    ],
    ids=["build", "python", "no python"],
)
def test_environment_that_is_not_as_planned(
    matrix: Matrix, repository: Path, build: str, python: str, message: str
) -> None:
    """An environment that is not what its line says is not recorded as if it were."""
    _plan(repository, "2.13.0", build=build, python=python)
    ran = matrix()

    assert (1, f"[1/1] cpu-torch-2.13.0: {message}\ncpu-torch-2.13.0: {message}\n") == (
        ran.returncode,
        ran.stderr,
    )
    assert not (repository / "evidence").exists()
    assert ["lock"] == _folder(repository)


def test_kept_environments_are_used_again(matrix: Matrix, repository: Path, uv: Path) -> None:
    """With --keep an environment and the packages stay, and the next run makes nothing."""
    matrix("--keep")
    calls = len(fake_uv.asked(uv))
    ran = matrix("--keep", "--again")

    assert (0, 2, calls) == (ran.returncode, calls, len(fake_uv.asked(uv)))
    assert ["cpu-torch-2.13.0", "lock"] == _folder(repository)


def test_folder_and_cache_of_ones_own(
    matrix: Matrix, repository: Path, tmp_path: Path, uv: Path
) -> None:
    """Environments are made in --folder with --cache, and the repository gets evidence only."""
    folder, cache = tmp_path / "elsewhere", tmp_path / "cache"
    ran = matrix("--folder", str(folder), "--cache", str(cache))

    assert 0 == ran.returncode
    assert {str(cache)} == {c[c.index("--cache-dir") + 1] for c in fake_uv.asked(uv)}
    assert ["lock"] == [path.name for path in folder.iterdir()]
    assert not (repository / ".matrix").exists()


def test_only_the_columns_asked_for(matrix: Matrix, repository: Path) -> None:
    """Columns may be named; one that is named twice is made once."""
    _plan(repository, "2.12.1", "2.13.0")
    content = _json(matrix("cpu-torch-2.13.0", "cpu-torch-2.13.0", "--json"))

    assert ["cpu-torch-2.13.0"] == [step["column"] for step in content["ran"]]
    assert ["cpu-torch-2.13.0"] == list(content["columns"])


def test_unknown_column(matrix: Matrix, repository: Path) -> None:
    """A column that is not in environments.yaml is named before anything is made."""
    ran = matrix("cpu-torch-2.13.0", "cpu-torch-3.0")

    assert (
        1,
        "",
        "environments.yaml:1:1: must have a column of this name (got: cpu-torch-3.0)\n"
        "  tip: add a line to environments.yaml, or provenfix matrix without a name for all\n",
    ) == (ran.returncode, ran.stdout, ran.stderr)
    assert not (repository / ".matrix").exists()


def test_unknown_entry(matrix: Matrix, repository: Path) -> None:
    """An entry that does not exist is named, and nothing is made or run."""
    ran = matrix("--entry", "no-such-entry")

    assert (
        1,
        "",
        "entries/no-such-entry:1:1: must be a folder of entries/ (got 'no-such-entry')\n"
        "  tip: provenfix new no-such-entry\n"
        "problems: 1\n",
    ) == (ran.returncode, ran.stdout, ran.stderr)
    assert not (repository / ".matrix").exists()


def test_killed_matrix_goes_on(matrix: Matrix, start: Start, repository: Path) -> None:
    """kill -9 leaves what was recorded; the next start runs the rest, and nothing stays of both."""
    _plan(repository, "2.12.1", "2.13.0")
    with start("--jobs", "1") as process:
        assert process.stdout
        assert any(line.startswith("[1/2] cpu-torch-2.12.1: 5 ") for line in process.stdout)
        before = _files(repository / "evidence" / "empty-mean")
        process.kill()
    ran = matrix()

    assert (0, "", True) == (ran.returncode, ran.stderr, bool(before))
    assert before.items() <= _files(repository / "evidence" / "empty-mean").items()
    assert ["empty-mean torch2.12.1", "empty-mean torch2.13.0"] == _recorded(repository)
    assert ["lock"] == _folder(repository)


# Only what changed.


def _git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(root), *who, *arguments]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | settings)


@pytest.fixture
def history(repository: Path) -> Path:
    """The small repository with a second and a third entry, committed."""
    for slug in ("mean-of-none", "mean-of-nil"):
        shutil.copytree(repository / ENTRY, repository / "entries" / slug)
    _git(repository, "init", "--quiet")
    _git(repository, "add", ".")
    _git(repository, "commit", "--quiet", "-m", "Three entries")
    return repository


def test_only_entries_that_changed(matrix: Matrix, history: Path) -> None:
    """Entries that differ from a revision are run, with those that are named; no others."""
    path = history / "entries" / "mean-of-none" / "fix_guard.py"
    path.write_text(path.read_text("utf-8") + "#", "utf-8")

    assert [5] == [step["cells"] for step in _json(matrix("--changed", "HEAD", "--json"))["ran"]]
    assert ["mean-of-none torch2.13.0"] == _recorded(history)

    matrix("--changed", "HEAD", "--entry", "empty-mean")

    assert ["empty-mean torch2.13.0", "mean-of-none torch2.13.0"] == _recorded(history)


def test_nothing_changed(matrix: Matrix, history: Path, uv: Path) -> None:
    """Where no entry differs from a revision, no environment is made."""
    ran = matrix("--changed", "HEAD", "--again")

    assert (0, []) == (ran.returncode, fake_uv.asked(uv))
    assert not (history / ".matrix").exists()


@pytest.mark.parametrize(
    ("revision", "words"),
    [("nowhere", "fatal: bad revision 'nowhere'"), ("", "fatal: bad revision ''")],
)
def test_unknown_revision(matrix: Matrix, history: Path, revision: str, words: str) -> None:
    """A revision that git does not know is named with git's own words."""
    ran = matrix("--changed", revision)

    assert (
        1,
        "",
        f"--changed: must be a revision that git knows (got: {revision}; git says: {words})\n"
        "  tip: git log --oneline\n",
    ) == (ran.returncode, ran.stdout, ran.stderr)
    assert not (history / ".matrix").exists()


def test_changed_outside_of_git(matrix: Matrix) -> None:
    """Outside a git repository there is no revision."""
    ran = matrix("--changed", "HEAD")

    assert (
        1,
        "--changed: must be a revision that git knows (got: HEAD; git says: fatal: not a git "
        "repository (or any of the parent directories): .git)\n"
        "  tip: git log --oneline\n",
    ) == (ran.returncode, ran.stderr)


# What the machine lacks.


def test_lock(matrix: Matrix, repository: Path, uv: Path) -> None:
    """While another matrix uses the folder nothing is made, and the message says what to do."""
    folder = repository / ".matrix"
    folder.mkdir()
    with open(folder / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        ran = matrix()
    message = (
        f"cpu-torch-2.13.0: only one matrix may use a folder at a time "
        f"(got: another one in {folder})\n  tip: wait for it, or use --folder\n"
    )

    assert (1, f"[1/1] {message}{message}") == (ran.returncode, ran.stderr)
    assert [] == fake_uv.asked(uv)


def test_too_little_disk(matrix: Matrix, repository: Path, uv: Path) -> None:
    """An environment that would not fit is not begun, and the message says how much is free."""
    # The disk of a test cannot be filled, so the question for its free space is answered here.
    (repository / "sitecustomize.py").write_text(
        "import collections, shutil\n"
        "usage = collections.namedtuple('usage', 'free')(int(1.26 * 1024**3))\n"
        "shutil.disk_usage = lambda path: usage\n",
        "utf-8",
    )
    ran = matrix(PYTHONPATH=str(repository))
    message = (
        "cpu-torch-2.13.0: 8.0 GB of the disk must be free to make an environment (got: 1.3 GB in "
        f"{repository / '.matrix'})\n  tip: free some space, or use --folder on another disk\n"
    )

    assert (1, f"[1/1] {message}{message}") == (ran.returncode, ran.stderr)
    assert [] == fake_uv.asked(uv)
    assert not (repository / "evidence").exists()


def test_folder_that_cannot_be_made(matrix: Matrix, repository: Path) -> None:
    """What the operating system refuses is told in its words."""
    (repository / "file").touch()
    ran = matrix("--folder", "file/matrix")
    message = (
        "cpu-torch-2.13.0: the machine must let it run (got: [Errno 20] Not a directory: "
        "'file/matrix')\n  tip: mend that; provenfix matrix goes on from here\n"
    )

    assert (1, f"[1/1] {message}{message}") == (ran.returncode, ran.stderr)


def test_uv_is_missing(matrix: Matrix, tmp_path: Path) -> None:
    """Without uv nothing can be made, and the message says how to get it."""
    ran = matrix(PATH=str(tmp_path))

    assert (
        1,
        "",
        "uv must be installed (got: no uv beside this interpreter or on PATH)\n"
        "  tip: make .venv/test.stamp, or pip install uv\n",
    ) == (ran.returncode, ran.stdout, ran.stderr)


def test_bad_entry_stops_the_matrix(matrix: Matrix, repository: Path, uv: Path) -> None:
    """Problems of an entry come first; nothing is made for entries that cannot be judged."""
    (repository / ENTRY / "zh.yaml").unlink()
    ran = matrix()

    assert (1, "", True) == (
        ran.returncode,
        ran.stdout,
        ran.stderr.startswith("entries/empty-mean/zh.yaml:1:1: must exist\n  tip: "),
    )
    assert [] == fake_uv.asked(uv)


# What the runs prove.


def test_refuted_claim_fails_the_matrix(matrix: Matrix, repository: Path) -> None:
    """A claim that does not hold gives exit status 1, also when nothing is left to run."""
    (repository / ENTRY / "fix_guard.py").write_text("assert [] is None\n", "utf-8")
    first, second = matrix("--json"), matrix("--json")

    assert (1, 1) == (first.returncode, second.returncode)
    assert [] == _json(second)["ran"]
    assert [{"verified": 3, "broken_differently": 1}] == list(
        _json(second)["columns"]["cpu-torch-2.13.0"].values()
    )


FLAKY = """\
import os

values = []
result = sum(values) / len(values) if values else None
assert result is None
print(os.urandom(8).hex())
"""


def test_several_runs_find_a_flake(matrix: Matrix, repository: Path) -> None:
    """One run of each cell shows nothing; --times runs what is recorded again, and finds it."""
    (repository / ENTRY / "fix_guard.py").write_text(FLAKY, "utf-8")
    once, thrice = matrix("--json"), matrix("--times", "3", "--json")

    assert (0, 1) == (once.returncode, thrice.returncode)
    assert [(5, 1)] == [(step["cells"], step["changed"]) for step in _json(thrice)["ran"]]
    assert [{"verified": 3, "flaky": 1}] == list(
        _json(thrice)["columns"]["cpu-torch-2.13.0"].values()
    )
