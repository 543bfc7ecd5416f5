"""Two people record on their own machines; git merges what they recorded."""

from __future__ import annotations

import json
import os
import subprocess
from functools import partial
from pathlib import Path

import pytest

from provenfix import evidence
from provenfix.load import load
from provenfix.model import CONTROL, PROTOCOL
from provenfix.records import Cell, Environment, Outcome, Record

from .conftest import Provenfix, _provenfix

ENTRY = "empty-mean"


def _environment(torch: str) -> Environment:
    return Environment(
        device="cpu",
        python="3.11.7",
        torch=torch,
        build="cpu",
        numpy="2.4.6",
        setuptools="84.2.1",
        system="Linux x86_64",
        capabilities=("fork", "no_cuda"),
        gpu=None,
    )


ANN, BEN = _environment("2.12.1"), _environment("2.13.0")


def _record(root: Path, where: Environment) -> None:
    """Record that every claim of the entry holds there."""
    entry = load(root).sources[ENTRY].entry
    cells = {
        name: Cell(inputs=entry.inputs[name], outcome=Outcome.PASSED, asserts=1)
        for name in entry.cells
    }
    for name in (CONTROL, "nofix_retry"):
        raised = {"outcome": Outcome.RAISED, "exception": "RuntimeError"}
        cells[name] = cells[name].model_copy(update=raised)
    record = Record(entry=ENTRY, environment=where.name, protocol=PROTOCOL, cells=cells)
    assert evidence.write(root, record, where)


def _git(root: Path, *arguments: str) -> str:
    """Run git in a clone, by nobody's settings; fails if git does."""
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(root), *who, *arguments]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | settings
    )
    assert 0 == ran.returncode, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture
def clones(repository: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of the small repository, which has no evidence yet."""
    _git(repository, "init", "--quiet", "--initial-branch", "main")
    _commit(repository)
    names = ("ann", "ben")
    for name in names:
        _git(tmp_path, "clone", "--quiet", str(repository), name)
    ann, ben = (tmp_path / name for name in names)
    return ann, ben


def _commit(root: Path) -> None:
    _git(root, "add", ".")
    _git(root, "commit", "--quiet", "-m", "Recorded")


def _merge(ann: Path, ben: Path) -> None:
    """Bring what Ben committed to Ann."""
    _git(ann, "pull", "--quiet", "--no-rebase", "--no-edit", str(ben), "main")


def _files(root: Path) -> dict[str, bytes]:
    """The evidence of a clone, byte for byte."""
    folder = root / "evidence"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.json")}


def _status(root: Path) -> tuple[list[str], dict[str, dict[str, int]]]:
    provenfix: Provenfix = partial(_provenfix, root)
    ran = provenfix("status", "--json")
    assert (0, "") == (ran.returncode, ran.stderr)
    content = json.loads(ran.stdout)
    return content["published"], content["by_environment"]


def test_two_environments_merge(clones: tuple[Path, Path]) -> None:
    """Each records an environment of their own; what is merged holds both, without problems."""
    ann, ben = clones
    for clone, where in ((ann, ANN), (ben, BEN)):
        _record(clone, where)
        _commit(clone)
    both = {**_files(ann), **_files(ben)}
    _merge(ann, ben)
    store, problems = evidence.read(ann, {ENTRY: load(ann).sources[ENTRY].entry.cells})

    assert [] == problems
    assert {ANN.name: ANN, BEN.name: BEN} == store.environments
    assert {(ENTRY, ANN.name), (ENTRY, BEN.name)} == set(store.records)
    assert ([ENTRY], {ANN.name: {"verified": 4}, BEN.name: {"verified": 4}}) == _status(ann)
    assert (4, both) == (len(both), _files(ann))


def test_the_same_environment_merges(clones: tuple[Path, Path]) -> None:
    """Two who observed the same in the same environment wrote the same bytes."""
    for clone in clones:
        _record(clone, BEN)
        _commit(clone)
    ann, ben = clones
    before = _files(ann), _files(ben)
    _merge(ann, ben)

    assert before == (_files(ann), _files(ann))
    assert ([ENTRY], {BEN.name: {"verified": 4}}) == _status(ann)


def test_new_environment_merges_beside_a_changed_entry(clones: tuple[Path, Path]) -> None:
    """While one records, another changes a fix: the merged record of that claim is stale."""
    ann, ben = clones
    _record(ben, BEN)
    _commit(ben)
    path = ann / "entries" / ENTRY / "fix_guard.py"
    path.write_text(path.read_text("utf-8") + "# a guard\n", "utf-8")
    _commit(ann)
    _merge(ann, ben)

    assert ([ENTRY], {BEN.name: {"stale": 1, "verified": 3}}) == _status(ann)
