"""A real Dask cluster on loopback: a worker is killed, and the evidence is that of a local run."""

from __future__ import annotations

import importlib.metadata
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from distributed import KilledWorker

from provenfix import digest
from provenfix.load import load
from provenfix.matrix import remote
from provenfix.matrix.cluster import Cluster, resource_of
from provenfix.matrix.uv import EnvironmentFailedError
from provenfix.vocabulary import Column

TORCH = importlib.metadata.version("torch").partition("+")[0]
BUILD = importlib.metadata.version("torch").partition("+")[2] or "cpu"
COLUMN = f"cpu-torch-{TORCH}"
RESOURCE = f"torch-{TORCH}"
CLAIMS = tuple(f"fix_{letter}" for letter in "abcdefghijklmnopqrst")
BEFORE_KILLING = 3
"""Cells that are recorded before a worker is killed."""
SECONDS = 90.0

REPRO = """\
import time

time.sleep(0.5)
raise RuntimeError("cannot take the mean of nothing")
"""
FIX = """\
import time

time.sleep(0.5)
assert "{name}".startswith("fix_")
print("{name}")
"""

StartWorker = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one entry of several slow cells, for the environment at hand."""
    return _repository(tmp_path / "house")


def _repository(root: Path) -> Path:
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    version = importlib.metadata.version
    column = {"name": COLUMN, "device": "cpu", "python": python, "torch": TORCH, "build": BUILD}
    column |= {package: version(package) for package in ("numpy", "setuptools")}
    entry = {
        "group": "sums",
        # An alternative holds no text to look for in torch, which would take longer than the cells.
        "signatures": [{"exception": "RuntimeError", "pattern": "mean of nothing|no mean"}],
        "claims": {name: {"claim": "fixes"} for name in CLAIMS},
        "references": ["https://example.org/mean"],
    }
    words = {name: {"title": name, "text": f"{name} is it."} for name in CLAIMS}
    english = {"title": "Nothing", "summary": "None.", "cause": "No numbers.", "claims": words}
    files = {
        "environments.yaml": json.dumps({"ci": COLUMN, "environments": [column]}),
        "entries/groups.yaml": json.dumps({"sums": {"en": "Sums", "zh": "求和"}}),
        "entries/glossary.yaml": json.dumps({"terms": []}),
        "entries/slow-mean/entry.yaml": json.dumps(entry),
        "entries/slow-mean/en.yaml": json.dumps(english),
        "entries/slow-mean/zh.yaml": json.dumps(_chinese(english)),
        "entries/slow-mean/repro.py": REPRO,
        **{f"entries/slow-mean/{name}.py": FIX.format(name=name) for name in CLAIMS},
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def _chinese(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _chinese(item) for key, item in value.items()}
    return {"of": digest.of_text(value), "text": "一段中文"}


def _column() -> Column:
    packages = {"python": "3.11", "numpy": "1", "setuptools": "1"}
    return Column(name=COLUMN, device="cpu", torch=TORCH, build=BUILD, **packages)


@contextmanager
def _dask(folder: Path, *arguments: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask, which is ended with what it started."""
    with open(folder / "log.txt", "ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            cwd=folder,
            stdout=log,
            stderr=log,
            env={**os.environ, **variables},
        )
    try:
        yield process
    finally:
        below = _descendants(process.pid)
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _wait_until(lambda: not [path for path in below if Path(path).exists()])


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler without workers."""
    folder = tmp_path_factory.mktemp("scheduler")
    with _dask(folder, *_scheduler(folder)):
        yield _address(folder)


def _scheduler(folder: Path) -> list[str]:
    where = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    return ["scheduler", *where, "--scheduler-file", str(folder / "scheduler.json")]


def _address(folder: Path) -> str:
    path = folder / "scheduler.json"
    _wait_until(lambda: path.exists() and path.read_text("utf-8").endswith("}"))
    address: str = json.loads(path.read_text("utf-8"))["address"]
    return address


@pytest.fixture
def start_worker(scheduler: str, tmp_path: Path) -> Iterator[StartWorker]:
    """Start a worker that declares the environment at hand, and wait until it is known."""
    with ExitStack() as stack:

        def start(address: str = scheduler, **variables: str) -> subprocess.Popen[bytes]:
            options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
            options += ["--resources", f"{RESOURCE}=1", "--local-directory", str(tmp_path)]
            arguments = ["worker", address, *options]
            return stack.enter_context(_dask(tmp_path, *arguments, **variables))

        yield start


def _wait_for_workers(tmp_path: Path, number: int) -> None:
    log = tmp_path / "log.txt"
    _wait_until(lambda: log.read_bytes().count(b"Registered to:") >= number)


def _wait_until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def _descendants(process: int) -> set[str]:
    """The processes that a process started, and those that they started, as folders of /proc."""
    found = set[str]()
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text("utf-8").split():
            found |= {f"/proc/{child}"} | _descendants(int(child))
    return found


def _start_provenfix(root: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "provenfix", *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
    )


def _provenfix(root: Path, *arguments: str) -> tuple[int | None, str, str]:
    """The exit status, standard output and standard error of the command line."""
    process = _start_provenfix(root, *arguments)
    try:
        out, err = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    return process.returncode, out, err


def _recorded(root: Path) -> dict[str, Any]:
    """The cells that are recorded so far."""
    for path in root.glob("evidence/slow-mean/*.json"):
        cells: dict[str, Any] = json.loads(path.read_text("utf-8"))["cells"]
        return cells
    return {}


def _evidence(root: Path) -> dict[str, bytes]:
    paths = [path for path in (root / "evidence").rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(paths)}


def test_killed_worker_loses_nothing(
    scheduler: str, start_worker: StartWorker, repository: Path, tmp_path: Path
) -> None:
    """With a worker killed in mid-run, each cell is filed once, as a local run files it."""
    workers = [start_worker(), start_worker()]
    _wait_for_workers(tmp_path, len(workers))
    process = _start_provenfix(repository, "matrix", COLUMN, "--dask", scheduler, "--json")
    try:
        _wait_until(lambda: len(_recorded(repository)) >= BEFORE_KILLING)
        below = _descendants(workers[0].pid)
        workers[0].send_signal(signal.SIGKILL)
        at_killing = _recorded(repository)
        out, err = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    now = _recorded(repository)
    local = _repository(tmp_path / "local")
    ran = _provenfix(local, "run", "--record")

    assert (0, "") == (process.returncode, err)
    assert len(at_killing) < len(CLAIMS)
    assert at_killing == {name: now[name] for name in at_killing}
    (column,) = json.loads(out)["ran"]
    assert (COLUMN, len(CLAIMS) + 1, None) == (
        column["column"],
        column["cells"],
        column["failure"],
    )
    assert (0, "") == (ran[0], ran[2])
    assert 2 == len(_evidence(local))
    assert _evidence(local) == _evidence(repository)
    assert below
    _wait_until(lambda: not [path for path in below if Path(path).exists()])


def test_no_scheduler(repository: Path) -> None:
    """Without a scheduler at the address, the message says so, and how to start one."""
    address = "tcp://127.0.0.1:9"
    problem = f"--dask must be the address of a running scheduler (got: {address}; "
    reason = f"Timed out trying to connect to {address} after 10 s"
    tip = "  tip: dask scheduler --host 127.0.0.1"

    assert (1, "", f"{problem}{reason})\n{tip}\n") == _provenfix(
        repository, "matrix", "--dask", address
    )
    assert {} == _evidence(repository)


def test_no_worker(scheduler: str, repository: Path) -> None:
    """Without a worker that declares the column's resource, the message says which to start."""
    status, out, err = _provenfix(repository, "matrix", "--dask", scheduler)
    problem = f"a worker must declare the resource {RESOURCE} (got: none that does)"
    worker = f'dask worker ADDRESS --nworkers 1 --nthreads 1 --resources "{RESOURCE}=1"'
    text = f"{problem}\n  tip: {worker}\n"

    assert 1 == status
    assert f"[1/1] {COLUMN}: {text}{COLUMN}: {text}" == err
    assert COLUMN in out
    assert {} == _evidence(repository)


def test_named_interpreter_is_used(
    scheduler: str, start_worker: StartWorker, repository: Path, tmp_path: Path
) -> None:
    """A worker's cells run in the interpreter of PROVENFIX_PYTHON: here one without torch."""
    plain = tmp_path / "plain" / "bin" / "python"
    plain.parent.mkdir(parents=True)
    plain.symlink_to(os.path.realpath(sys.executable))
    (tmp_path / "plain" / "pyvenv.cfg").write_text(f"home = {sys.base_prefix}/bin\n", "utf-8")
    start_worker(**{remote.PYTHON: str(plain)})
    _wait_for_workers(tmp_path, 1)
    status, out, _ = _provenfix(repository, "matrix", "--dask", scheduler, "--json")
    reason = "ModuleNotFoundError: No module named 'torch'"
    tip = "  tip: check the versions in environments.yaml"

    assert 1 == status
    assert [f"its interpreter must be able to import torch (got: {reason})\n{tip}"] == [
        ran["failure"] for ran in json.loads(out)["ran"]
    ]


def test_scheduler_that_dies(start_worker: StartWorker, repository: Path, tmp_path: Path) -> None:
    """A scheduler that dies in mid-run ends the run with a message; what is filed stays."""
    folder = tmp_path / "own"
    folder.mkdir()
    with _dask(folder, *_scheduler(folder)) as own:
        address = _address(folder)
        start_worker(address)
        _wait_for_workers(tmp_path, 1)
        process = _start_provenfix(repository, "matrix", "--dask", address, "--json")
        try:
            _wait_until(lambda: len(_recorded(repository)) >= BEFORE_KILLING)
            own.send_signal(signal.SIGKILL)
            out, _ = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
    (column,) = json.loads(out)["ran"]
    problem = "the machine must let it run (got: the cluster was lost)"
    tip = "  tip: mend that; provenfix matrix goes on from here"

    assert 1 == process.returncode
    assert f"{problem}\n{tip}" == column["failure"]
    assert BEFORE_KILLING <= len(_recorded(repository))
    assert {"slow-mean"} == load(repository).sources.keys()


def test_failures_of_a_cluster(scheduler: str, start_worker: StartWorker, tmp_path: Path) -> None:
    """What goes wrong among the workers fails the column with a sentence of its own."""
    start_worker()
    _wait_for_workers(tmp_path, 1)
    killed = KilledWorker("run-1", SimpleNamespace(address="tcp://127.0.0.1:9"), 3)  # type: ignore[arg-type]
    expected = {
        remote.OtherEnvironmentError("this", "that"): (
            "other",
            {"fact": f"each worker of {RESOURCE}", "expected": "that", "got": "this"},
        ),
        CancelledError(): ("system", {"reason": "the cluster was lost"}),
        killed: ("system", {"reason": "the workers that ran it died"}),
    }
    cluster = Cluster(scheduler)

    for error, failure in expected.items():
        with pytest.raises(EnvironmentFailedError) as caught, cluster.engine(_column()):
            raise error
        assert failure == (caught.value.code, caught.value.values)


def test_other_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose environment is not the one that is recorded runs nothing."""
    pool = SimpleNamespace(environment=SimpleNamespace(name="this"))
    monkeypatch.setattr(remote, "_pool", pool)

    for ask in (remote.run, remote.find):
        with pytest.raises(remote.OtherEnvironmentError) as caught:
            ask("that", {})
        assert ("this", "that") == (caught.value.got, caught.value.expected)


@pytest.mark.parametrize(
    ("device", "resource"), [("cpu", "torch-2.11.0"), ("gpu", "gpu-torch-2.11.0")]
)
def test_resources(device: str, resource: str) -> None:
    """A column is asked for by its torch, and a GPU column by its device too."""
    column = _column().model_copy(update={"device": device, "torch": "2.11.0"})

    assert resource == resource_of(column)
