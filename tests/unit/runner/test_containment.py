"""Scripts that misbehave: the worker survives, says what happened, and nothing stays behind."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenfix.runner.client import Worker
from provenfix.runner.sandbox.limits import MOST_PATIENCE

from .conftest import SCRIPTS, Run, leftovers, unavailable

SOURCE = Path(__file__).parents[3] / "src"
MODES = pytest.mark.parametrize("isolate", ["fork", "process"])
pytestmark = pytest.mark.usefixtures("contained")


@pytest.fixture(autouse=True)
def nothing_stays(worker: Worker, contained: None) -> Iterator[None]:
    """As soon as a cell is answered, it has no process, folder or control group left."""
    before = worker.pid
    yield

    assert (before, []) == (worker.pid, leftovers(worker.pid))


@MODES
def test_ordinary_script(run: Run, isolate: str) -> None:
    """All is contained; only the memory of all processes together needs control groups too."""
    contained = run("exits_politely", isolate=isolate)["contained"]

    assert {"files", "network", "processes", "time"} == set(contained) - {"memory"}


@MODES
def test_endless_loop(run: Run, isolate: str) -> None:
    """It is killed at the limit on time, and not much later."""
    start = time.monotonic()
    answer = run("loops_for_ever", isolate=isolate, limits={"seconds": 1})

    assert ("timeout", "killed after 1 s") == (answer["outcome"], answer["reason"])
    assert time.monotonic() - start < MOST_PATIENCE + 3


@MODES
def test_children_that_outlive_it(run: Run, isolate: str) -> None:
    """Children end with the main program, also those in a session of their own."""
    start = time.monotonic()
    answer = run("leaves_children", isolate=isolate)

    assert "passed" == answer["outcome"]
    assert time.monotonic() - start < 10


@MODES
def test_all_memory(run: Run, isolate: str) -> None:
    """A process that takes too much memory gets a MemoryError, in both modes."""
    answer = run("takes_all_memory", isolate=isolate)

    assert ("other_error", "MemoryError") == (answer["outcome"], answer["exception"])


def test_memory_of_all_processes_together(run: Run) -> None:
    """What no single process takes but all together do is stopped by the kernel."""
    answer = run("takes_all_memory_in_children")
    if "memory" not in answer["contained"]:
        unavailable("control groups that can be written")

    assert ["a child was ended by signal 9"] == answer["message"]


def test_endless_forks(run: Run) -> None:
    """The number of processes is limited."""
    answer = run("forks_without_end")

    assert ("other_error", "BlockingIOError") == (answer["outcome"], answer["exception"])


@MODES
def test_full_disk(run: Run, isolate: str) -> None:
    """Its own small disk fills up, nothing else."""
    answer = run("fills_the_disk", isolate=isolate)

    assert ["[Errno 28] No space left on device"] == answer["message"]


def test_a_gigabyte_of_output(run: Run) -> None:
    """Beginning and end are kept, and a line says that the rest is not."""
    stdout = run("prints_a_gigabyte")["stdout"]

    assert ("first line", "last line") == (stdout[0], stdout[-1])
    assert 1 == stdout.count("… output cut …")
    assert sum(map(len, stdout)) < 64 * 1024


@MODES
def test_network(run: Run, isolate: str) -> None:
    """Loopback works, the outside is unreachable."""
    answer = run("connects", isolate=isolate)

    assert ["loopback works"] == answer["stdout"]
    assert ["[Errno 101] Network is unreachable"] == answer["message"]


def test_loopback_is_its_own(run: Run, tmp_path: Path) -> None:
    """A server of this machine is not on the loopback that a script has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        script = tmp_path / "script.py"
        address = server.getsockname()
        script.write_text(f"import socket\nsocket.create_connection({address})\n", "utf-8")

        assert "ConnectionRefusedError" == run(script)["exception"]


@MODES
def test_writing_outside(run: Run, isolate: str) -> None:
    """Only its own folder, /tmp and /dev/shm can be written; nothing of it reaches the host."""
    answer = run("writes_outside", isolate=isolate)
    name = "provenfix-was-here"
    folders = ("/", "/etc", "/usr", "/root", "/tmp", "/var/tmp", "/dev/shm", str(SCRIPTS))

    assert ("passed", []) == (answer["outcome"], answer["stdout"])
    assert [] == [folder for folder in folders if Path(folder, name).exists()]


@MODES
def test_looking_around(run: Run, isolate: str) -> None:
    """Homes, the repository, passwords, disks and other processes are out of sight."""
    stdout = run("looks_around", isolate=isolate, env={"TORCH_LOGS": ""})["stdout"]

    # 2 processes: the first of the namespace, and the script.
    assert (2, "processes: 2") == (len(stdout), stdout[1])
    assert {"HOME", "LANG", "OMP_NUM_THREADS", "PATH", "PYTHONHASHSEED", "TORCH_LOGS"} <= set(
        stdout[0].split()
    )
    assert not {"USER", "PWD", "PYTEST_CURRENT_TEST"} & set(stdout[0].split())


@MODES
def test_killing_everyone(run: Run, isolate: str) -> None:
    """Neither its parent nor anyone else can be killed."""
    answer = run("kills_everyone", isolate=isolate)

    # kill(-1) finds nobody to signal: the script is alone with process 1, which cannot be killed.
    assert ["[Errno 3] No such process"] == answer["message"]


@MODES
def test_undoing(run: Run, isolate: str) -> None:
    """No mount, namespace or privilege is to be had, not even by other programs."""
    answer = run("undoes", isolate=isolate)
    none = "0" * 16

    assert [f"CapPrm:\t{none} CapEff:\t{none} CapBnd:\t{none}"] == answer["stdout"]


def test_host_without_namespaces(run: Run) -> None:
    """Scripts run all the same, limited in time; nothing more is claimed, and nothing stays."""
    answer = run("runs_a_worker", isolate="process", env={"RUNNER_SOURCE": str(SOURCE)})
    bare, *answers, left = answer["stdout"] or answer["traceback"]

    assert bare.startswith("OSError: ")
    assert [
        ["plain", "passed", None, ["time"]],
        ["leaves", "passed", None, ["time"]],
        ["kills", "crashed", "killed from outside", ["time"]],
        ["loops", "timeout", "killed after 2 s", ["time"]],
        ["fills", "other_error", None, ["time"]],
    ] == [json.loads(line) for line in answers]
    assert left.startswith("left: 0 [")
    assert "provenfix-" not in left


def test_privileges_of_the_tests_differ() -> None:
    """The checks above mean something: this very process may write what a script may not."""
    assert os.access(SCRIPTS, os.W_OK)
