"""The process that runs cells: imports torch once, then forks a container for each request.

It runs in any interpreter of Python 3.11 or newer and needs nothing else; `client` starts it.

Protocol (JSON, one object a line). First the worker greets with
``{"hello": 1, "protocol": 1, "facts": {...}}`` (see `probe.facts`). Then each request

    {"id": str, "path": str, "signatures": [{"exception": str, "pattern": str}],
     "expect": {"exception": str, "pattern": str} | null, "env": {name: value},
     "isolate": "fork" | "process", "limits": {"seconds": int, "memory_mb": int, "disk_mb": int,
     "shm_mb": int, "processes": int, "output_kb": int}}

gets one answer: `outcome.judge`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal

from provenfix.runner import cell, kernel, outcome, probe

PROTOCOL = 1
PRELOADED = ("torch", "torch.utils.data", "torch._dynamo", "torch.multiprocessing")
"""Imported once, before the forks; optimizers import torch._dynamo, which costs two seconds."""


def main() -> None:
    """Answer requests from standard input until it ends."""
    kernel.die_with_parent(signal.SIGKILL)
    requests, answers = _private_streams()
    facts = probe.in_child()
    address_space = "cuda" not in facts["capabilities"]
    # Before torch is imported: it counts the threads that it may start.
    os.environ.update({"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})
    for module in PRELOADED:
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    _say(answers, {"hello": 1, "protocol": PROTOCOL, "facts": facts})
    with os.fdopen(requests, encoding="utf-8") as lines:
        for line in lines:
            request = json.loads(line)
            _say(answers, outcome.judge(request, cell.run(request, address_space)))


def _private_streams() -> tuple[int, int]:
    """Move the pipes of the protocol away from descriptors 0 to 2, where scripts find theirs."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return requests, answers


def _say(answers: int, message: object) -> None:
    data = (json.dumps(message, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    while data:
        data = data[os.write(answers, data) :]
