"""Workers without torch, so that they start at once, and a look at what cells leave behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from provenfix.runner.client import Worker

SCRIPTS = Path(__file__).parents[2] / "fixtures" / "scripts"
LIMITS = {
    "seconds": 30,
    "memory_mb": 512,
    "disk_mb": 32,
    "shm_mb": 16,
    "processes": 32,
    "output_kb": 64,
}
SIGNATURE = {"exception": "RuntimeError", "pattern": "mean of nothing"}

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def plain_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A virtual environment with nothing in it."""
    folder = tmp_path_factory.mktemp("plain")
    python = folder / "bin" / "python"
    python.parent.mkdir()
    python.symlink_to(os.path.realpath(sys.executable))
    (folder / "pyvenv.cfg").write_text(f"home = {sys.base_prefix}/bin\n", "utf-8")
    return str(python)


@pytest.fixture(scope="session")
def worker(plain_python: str) -> Iterator[Worker]:
    with Worker(plain_python) as started:
        yield started


@pytest.fixture
def run(worker: Worker) -> Run:
    """Run a script of tests/fixtures/scripts, by name or path."""

    def run_script(script: str | Path, **changes: Any) -> dict[str, Any]:
        return worker.run(request(script, **changes))

    return run_script


@pytest.fixture
def contained(worker: Worker) -> None:
    """The test needs a host that offers namespaces."""
    if worker.bare:
        unavailable(f"root or user namespaces ({worker.bare})")


def unavailable(what: str) -> NoReturn:
    """Skip the test for what the host lacks; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {what}")
    pytest.skip(f"needs {what}")


def request(script: str | Path, **changes: Any) -> dict[str, Any]:
    """A request to a worker; `limits` may name just those that differ from `LIMITS`."""
    limits = {**LIMITS, **changes.pop("limits", {})}
    usual = {"signatures": [SIGNATURE], "expect": None, "env": {}, "isolate": "fork"}
    path = script if isinstance(script, Path) else SCRIPTS / f"{script}.py"
    program = {"name": path.name, "source": path.read_text("utf-8")}
    return {"id": path.stem, **program, **usual, **changes, "limits": limits}


def leftovers(pid: int) -> list[str]:
    """Processes, folders and control groups that a worker has or left.

    Orphans are adopted by the worker, so what descends from it is all there can be.
    """
    parents = dict(_parents())
    groups = Path("/sys/fs/cgroup").rglob(f"provenfix-{pid}-*")
    found = [str(path) for path in [*Path("/tmp").glob(f"provenfix-{pid}-*"), *groups]]
    return found + [str(child) for child in parents if pid in _ancestors(child, parents)]


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text()
        except OSError:
            continue
        yield int(folder.name), int(status.rpartition(")")[2].split()[1])


def _ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while pid := parents.get(pid, 0):
        yield pid
