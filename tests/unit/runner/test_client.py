"""Workers that start, die and are closed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from provenfix.model import PROTOCOL
from provenfix.runner import worker as other_end
from provenfix.runner.client import Worker, WorkerError

from .conftest import leftovers, request

SOURCE = Path(__file__).parents[3] / "src"


def test_facts(worker: Worker) -> None:
    """An interpreter without torch says so, and which it is."""
    version = ".".join(map(str, sys.version_info[:3]))

    assert (version, None) == (worker.facts["python"], worker.facts["torch"])
    assert "ModuleNotFoundError: No module named 'torch'" == worker.facts["torch_error"]
    assert ["fork", "no_cuda"] == worker.facts["capabilities"]


def test_protocol_is_the_models() -> None:
    """Runner and records speak of the same protocol."""
    assert PROTOCOL == other_end.PROTOCOL


@pytest.mark.parametrize(
    ("python", "reason"),
    [("/no/such/python", "No such file"), ("/bin/false", "ended without a word")],
)
def test_interpreter_that_cannot_start(python: str, reason: str) -> None:
    """The error names the interpreter and the reason."""
    with pytest.raises(WorkerError, match=f"{python}: {reason}"):
        Worker(python)


def test_script_that_cannot_be_written(worker: Worker) -> None:
    """A script with an impossible file name is an answer, not the end of the worker."""
    pid = worker.pid
    answer = worker.run(request("exits_politely", name="no/folder.py"))

    assert "crashed" == answer["outcome"]
    assert answer["reason"].startswith("FileNotFoundError: [Errno 2] No such file or directory")
    assert "passed" == worker.run(request("exits_politely"))["outcome"]
    assert pid == worker.pid


def test_worker_that_dies(plain_python: str) -> None:
    """The cell in flight is answered, and a new worker removes what the old one left."""
    with Worker(plain_python) as worker:
        old = worker.pid
        threading.Timer(1, os.kill, (old, signal.SIGKILL)).start()
        answer = worker.run(request("loops_for_ever"))

        assert ("crashed", "the worker died") == (answer["outcome"], answer["reason"])
        assert old != worker.pid
        assert "passed" == worker.run(request("exits_politely"))["outcome"]
        _wait(lambda: not leftovers(old))


def test_client_that_is_killed(plain_python: str) -> None:
    """The worker ends, with its cell, when nobody is there to hear the answer."""
    code = (
        "import json, sys\n"
        f"sys.path.insert(0, {str(SOURCE)!r})\n"
        "from provenfix.runner.client import Worker\n"
        "worker = Worker(sys.executable)\n"
        "print(worker.pid, flush=True)\n"
        "worker.run(json.loads(sys.argv[1]))\n"
    )
    content = json.dumps(request("loops_for_ever"))
    client = subprocess.Popen([plain_python, "-c", code, content], stdout=subprocess.PIPE)
    assert client.stdout
    pid = int(client.stdout.readline())
    _wait(lambda: bool(leftovers(pid)))
    client.kill()
    client.communicate()

    _wait(lambda: not Path(f"/proc/{pid}").exists())
    assert [] == leftovers(pid)


def test_runner_needs_only_the_standard_library(plain_python: str) -> None:
    """Neither end loads a module from outside the standard library but our own."""
    code = (
        f"import sys; sys.path.insert(0, {str(SOURCE)!r})\n"
        "before = set(sys.modules)\n"
        "import provenfix.runner.worker, provenfix.runner.client\n"
        "tops = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(tops - {*sys.stdlib_module_names}))\n"
    )
    ran = subprocess.run([plain_python, "-c", code], capture_output=True, text=True, check=True)
    # The build settings of an interpreter are a module with a name of its own.
    names = [name for name in ran.stdout.split() if not name.startswith("_sysconfigdata")]

    assert ["provenfix"] == names


def _wait(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)
