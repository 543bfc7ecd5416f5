"""The worker: an interpreter that has imported torch and runs scripts on request.

Speaks JSON lines over its stdin and stdout, which no script ever sees. First it says hello:

    {"hello": 1, "protocol": 1, "facts": {...}, "bare": null}         facts: see probe.py

`bare` is the reason why scripts run without namespaces here, if they do.
Then it answers each request by one line, in order; of its keys those from `command` to `own_shm`
may be left out:

    {"id": "...", "name": "repro.py", "source": "import torch...", "isolate": "fork" | "process",
     "env": {"NAME": "value"}, "command": ["torchrun", "{script}"], "arguments": ["other.py"],
     "beside": {"other.py": "import torch..."}, "packages": "/folder" | null, "own_shm": false,
     "signatures": [{"exception": "...", "pattern": "..."}],
     "expect": {...} | null, "limits": {"seconds": 60, ...}}          limits: see sandbox/limits.py
    {"id": "...", "outcome": "passed", ...}                           answers: see outcome.py

or, about the installed torch, which nothing is run for:

    {"find": ["text", ...]}
    {"found": {"text": true, ...}}                                    see presence.py
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import platform
import pwd
import site
import sys
import sysconfig
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

from provenfix.runner import cell, harness, leftovers, outcome, presence, probe, stages
from provenfix.runner.normalise import Places
from provenfix.runner.outcome import Ended
from provenfix.runner.sandbox import cgroups, linux, root
from provenfix.runner.sandbox.limits import Limits, address_space
from provenfix.runner.stages import Host, Task

PROTOCOL = 1
_NO_SHM = "needs a /dev/shm of its own"
_OVERLAYS = "<home>/.cache/provenfix/overlays"
"""What records say of the folder of overlays, wherever a machine has its cache."""
_SOURCE = str(Path(__file__).parents[2])


def main() -> None:
    """Serve requests until stdin ends."""
    requests, answers = _private(0, os.O_RDONLY, "rb"), _private(1, os.O_WRONLY, "wb")
    linux.adopt_orphans()
    cgroups.remove_stale()
    leftovers.remove_folders()
    torch, reason = _torch()
    harness.forget_warnings()
    facts = _facts(torch)
    if not torch:
        facts["torch_error"] = reason
    host, bare = _host(facts, requests.fileno())
    _send(answers, {"hello": 1, "protocol": PROTOCOL, "facts": facts, "bare": bare})
    try:
        for line in requests:
            request = json.loads(line)
            if "find" in request:
                _send(answers, _found(torch, request["find"]))
            else:
                _send(answers, _answer(host, request, requests.fileno()))
    except (cell.AbandonedError, BrokenPipeError):
        sys.exit(1)


def _private(descriptor: int, flags: int, mode: str) -> BinaryIO:
    """Move a standard descriptor to where scripts do not find it, with /dev/null in its place."""
    moved = os.dup(descriptor)
    null = os.open(os.devnull, flags)
    os.dup2(null, descriptor)
    os.close(null)
    return open(moved, mode)  # type: ignore[return-value]  # the mode is a binary one


def _send(answers: BinaryIO, content: dict[str, Any]) -> None:
    answers.write(json.dumps(content).encode() + b"\n")
    answers.flush()


def _torch() -> tuple[ModuleType | None, str | None]:
    """The module torch, imported here once for all scripts, or why it cannot be imported."""
    try:
        import torch
    except Exception as error:
        first = str(error).partition("\n")[0]
        return None, f"{type(error).__name__}: {first}"
    # The first optimizer of a script imports this, which takes as long as torch itself. Where it
    # cannot be imported, that is for the script to find out.
    with suppress(Exception):
        importlib.import_module("torch._dynamo")
    gc.collect()
    gc.freeze()
    linux.use_huge_pages()
    return torch, None


def _facts(torch: ModuleType | None) -> dict[str, Any]:
    """The facts, from a forked child, so that CUDA is never initialised here."""
    reading, writing = os.pipe()

    def send() -> int:
        os.write(writing, json.dumps(probe.facts(torch)).encode())
        return 0

    process = stages.fork(send, lambda reason: print(reason, file=sys.stderr, flush=True))
    os.close(writing)
    with open(reading, "rb") as file:
        data = file.read()
    os.waitpid(process, 0)
    if not data:
        sys.exit(1)  # the client quotes what was printed last
    facts: dict[str, Any] = json.loads(data)
    return facts


def _host(facts: dict[str, Any], client: int) -> tuple[Host, str | None]:
    """What this host offers, and why no namespaces if it has none, which is tried out."""
    base = None if "cuda" in facts["capabilities"] else address_space()
    host = Host(_SOURCE, namespaces=True, paths=root.needed(), address_space=base)
    ended = cell.run(host, Task("trial.py", b"", "", False, {}, Limits()), client)
    if ended.status == 0:
        return host, None
    return replace(host, namespaces=False), ended.failure or f"the trial ended as {ended.status}"


def _found(torch: ModuleType | None, literals: list[str]) -> dict[str, Any]:
    package = Path(torch.__file__).parent if torch and torch.__file__ else None
    return {"found": presence.find(package, literals) if package else {}}


def _answer(host: Host, request: dict[str, Any], client: int) -> dict[str, Any]:
    if request.get("own_shm") and not host.namespaces:
        return {"id": request["id"], "outcome": "not_applicable", "reason": _NO_SHM}
    limits = Limits(**request["limits"])
    try:
        ended = cell.run(host, _task(request, limits), client)
    except OSError as error:
        ended = Ended(failure=f"the runner failed: {error}")
    lines = _places(host, ended.folder, request.get("packages")).lines
    answer = outcome.judge(ended, request["signatures"], request["expect"], limits, lines)
    return {"id": request["id"], **answer}


def _task(request: dict[str, Any], limits: Limits) -> Task:
    return Task(
        name=request["name"],
        data=request["source"].encode(),
        folder="",
        fresh=request["isolate"] == "process",
        env=request["env"],
        limits=limits,
        command=tuple(request.get("command", ())),
        arguments=tuple(request.get("arguments", ())),
        beside={name: text.encode() for name, text in request.get("beside", {}).items()},
        packages=request.get("packages"),
    )


def _places(host: Host, folder: str, overlay: str | None) -> Places:
    user = pwd.getpwuid(os.getuid())
    packages = [
        *site.getsitepackages(),
        sysconfig.get_path("purelib"),
        sysconfig.get_path("platlib"),
    ]
    paths = {
        user.pw_dir: "<home>",
        **dict.fromkeys({sys.prefix, sys.base_prefix} - {"/usr", "/usr/local"}, "<prefix>"),
        sysconfig.get_path("stdlib"): "<python>",
        **dict.fromkeys(packages, "<site-packages>"),
    }
    if overlay:
        paths[os.path.dirname(overlay)] = _OVERLAYS
    # Inside namespaces the names of host and user are the same everywhere.
    names = {root.HOSTNAME: "<host>"} if host.namespaces else {platform.node(): "<host>"}
    if not host.namespaces and user.pw_uid:
        names[user.pw_name] = "<user>"
    deepest_first = sorted(paths.items(), key=lambda item: -len(item[0]))
    return Places(folder, tuple(deepest_first), tuple(names.items()))
