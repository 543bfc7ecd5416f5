"""Runs one script in a container of its own, watches it from outside, and says how it ended.

Three processes follow one another: the *keeper* enters the namespaces, the *first process* inside
closes them (the kernel kills everything inside when it ends), and the *script*. The first two die
with their parents, so nothing outlives the worker.
"""

from __future__ import annotations

import json
import os
import random
import selectors
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from provenfix.runner import harness, kernel, sandbox
from provenfix.runner.cgroup import ControlGroup
from provenfix.runner.raw import Raw

_GRACE = 5.0
"""Seconds beyond the limit after which the keeper is killed from outside."""
_CHUNK = 1 << 16


class _Tail:
    """Keeps the head and the tail of a stream, so that endless output takes no room."""

    def __init__(self, limit: int) -> None:
        self._half = max(limit // 2, 1)
        self._head, self._tail, self._dropped = b"", b"", False

    def feed(self, data: bytes) -> None:
        room = self._half - len(self._head)
        self._head += data[:room] if room > 0 else b""
        rest = self._tail + (data[room:] if room > 0 else data)
        self._dropped |= len(rest) > self._half
        self._tail = rest[-self._half :]

    def text(self) -> tuple[str, bool]:
        middle = b"\n... output cut ...\n" if self._dropped else b""
        return (self._head + middle + self._tail).decode("utf-8", "replace"), self._dropped


def run(request: dict[str, Any], address_space: bool) -> Raw:
    """Run a cell.

    Args:
        request: `path`, `signatures`, `env`, `isolate` and `limits` (see `worker`).
        address_space: Whether to limit address space (not beside a GPU).
    """
    group = ControlGroup(request["limits"])
    names = ("stdout", "stderr", "report", "control")
    pipes = {name: os.pipe() for name in names}
    keeper = os.fork()
    if keeper == 0:
        for reading, _ in pipes.values():
            os.close(reading)
        _keep(
            request, {name: writing for name, (_, writing) in pipes.items()}, group, address_space
        )
    for _, writing in pipes.values():
        os.close(writing)
    try:
        raw = _watch(keeper, {name: reading for name, (reading, _) in pipes.items()}, request)
        raw.out_of_memory = group.out_of_memory()
        return raw
    finally:
        _kill(keeper)
        group.remove()


def _watch(keeper: int, pipes: dict[str, int], request: dict[str, Any]) -> Raw:
    """Read everything until the container is gone or its time is up."""
    limits = request["limits"]
    tails = {name: _Tail(limits["output_kb"] * 1024) for name in pipes}
    end = time.monotonic() + limits["seconds"]
    raw = Raw()
    with selectors.DefaultSelector() as selector:
        for name, pipe in pipes.items():
            selector.register(pipe, selectors.EVENT_READ, name)
        while selector.get_map():
            left = end - time.monotonic()
            if left <= 0 and not raw.timed_out:
                raw.timed_out = True
                _kill(keeper, wait=False)
            if left <= -_GRACE:
                break
            for key, _ in selector.select(max(0.05, min(left, 1.0))):
                data = os.read(key.fd, _CHUNK)
                tails[key.data].feed(data)
                if not data:
                    selector.unregister(key.fd)
    for pipe in pipes.values():
        os.close(pipe)
    return _gathered(raw, tails)


def _gathered(raw: Raw, tails: dict[str, _Tail]) -> Raw:
    raw.stdout, cut_out = tails["stdout"].text()
    raw.stderr, cut_err = tails["stderr"].text()
    raw.cut = cut_out or cut_err
    with_report = _json_lines(tails["report"].text()[0])
    raw.ending = with_report[-1] if with_report else None
    for message in _json_lines(tails["control"].text()[0]):
        raw.status = message.get("status", raw.status)
        raw.contained = message.get("contained", raw.contained)
    return raw


def _json_lines(text: str) -> list[dict[str, Any]]:
    """The JSON objects of a text, one a line; a script could write here too: trust nothing."""
    found = []
    for line in text.splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            found.append(value)
    return found


def _kill(process: int, wait: bool = True) -> None:
    try:
        os.kill(process, signal.SIGKILL)
        if wait:
            os.waitpid(process, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def _keep(
    request: dict[str, Any], pipes: dict[str, int], group: ControlGroup, address_space: bool
) -> NoReturn:
    """The keeper: enters the namespaces, starts the first process, and waits for it."""
    try:
        kernel.die_with_parent(signal.SIGKILL)
        os.setsid()
        group.enter()
        inside = sandbox.enter_namespaces()
        first = os.fork()
        if first == 0:
            _first(request, pipes, inside, group.limits_memory, address_space)
        for pipe in pipes.values():
            os.close(pipe)
        os.waitpid(first, 0)
    finally:
        os._exit(0)


def _first(
    request: dict[str, Any],
    pipes: dict[str, int],
    inside: bool,
    memory: bool,
    address_space: bool,
) -> NoReturn:
    """The first process inside: closes the container, starts the script, reaps until it ends."""
    folder = sandbox.FOLDER
    try:
        kernel.die_with_parent(signal.SIGKILL)
        source = Path(request["path"]).read_bytes()
        contained = ["time", *(sandbox.shut_in(request["limits"]) if inside else [])]
        if "files" not in contained:
            folder = tempfile.mkdtemp(prefix="provenfix-")
        path = f"{folder}/{os.path.basename(request['path'])}"
        Path(path).write_bytes(source)
        if memory or address_space:
            contained.append("memory")
        _tell(pipes["control"], contained=sorted(contained))
        script = os.fork()
        if script == 0:
            _script(request, path, pipes, address_space)
        for name in ("stdout", "stderr", "report"):
            os.close(pipes[name])
        _tell(pipes["control"], status=_reap(script))
    finally:
        if folder != sandbox.FOLDER:
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def _tell(pipe: int, **message: Any) -> None:
    os.write(pipe, (json.dumps(message) + "\n").encode())


def _reap(script: int) -> int:
    """Wait for the script; orphans that end meanwhile are reaped, those that stay die with us."""
    while True:
        process, status = os.wait()
        if process == script:
            return status


def _script(
    request: dict[str, Any], path: str, pipes: dict[str, int], address_space: bool
) -> NoReturn:
    """The script's own process: takes its place, gives up its privileges, and runs."""
    status = 1
    try:
        os.close(pipes["control"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(pipes["stdout"], 1)
        os.dup2(pipes["stderr"], 2)
        os.chdir(os.path.dirname(path))
        sandbox.limit(request["limits"], address_space)
        kernel.drop_privileges()
        variables = sandbox.environment(request["env"])
        if request["isolate"] == "process":
            _execute(request, path, pipes["report"], variables)
        os.environ.clear()
        os.environ.update(variables)
        _like_fresh()
        status = harness.run(path, request["signatures"], pipes["report"])
    except BaseException as error:
        reason = f"the runner failed: {type(error).__name__}: {error}"
        _tell(pipes["report"], runner_error=reason)
    finally:
        os._exit(status)


def _execute(
    request: dict[str, Any], path: str, report: int, variables: dict[str, str]
) -> NoReturn:
    os.set_inheritable(report, True)
    root = str(Path(__file__).parents[2])
    start = (
        f"import sys; sys.path.insert(0, {root!r})\n"
        "from provenfix.runner.harness import main\n"
        f"sys.path.remove({root!r}); main()"
    )
    arguments = [path, json.dumps(request["signatures"]), str(report)]
    os.execve(sys.executable, [sys.executable, "-P", "-s", "-c", start, *arguments], variables)


def _like_fresh() -> None:
    """Undo what a fork shares with its parent and a fresh interpreter would not have."""
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
    random.seed()
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            module.__dict__.pop("__warningregistry__", None)
