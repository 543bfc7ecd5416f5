"""Scripts that use torch, in the interpreter of these tests."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenfix.runner.client import Worker

from .conftest import request, unavailable


@pytest.fixture(scope="module")
def torch_worker() -> Iterator[Worker]:
    if importlib.util.find_spec("torch") is None:
        unavailable("torch: make .venv/test.stamp")
    with Worker() as started:
        yield started


def test_facts(torch_worker: Worker) -> None:
    """Version and build are apart, and what a script can count on is named."""
    facts = torch_worker.facts

    assert "+" not in facts["torch"]
    assert facts["build"] == "cpu" or facts["build"].startswith("cu")
    assert {"fork", "gloo"} < set(facts["capabilities"])
    assert ("cuda" in facts["capabilities"]) is (facts["gpu"] is not None)


@pytest.mark.parametrize(
    ("name", "outcome", "exception"),
    [
        ("trains", "passed", None),
        ("fails_in_loader", "raised", "RuntimeError"),
        ("fails_in_rank", "raised", "ProcessRaisedException"),
    ],
)
def test_modes_agree(torch_worker: Worker, name: str, outcome: str, exception: str | None) -> None:
    """A fork of an interpreter that has imported torch gives the same as a fresh one."""
    limits = {"memory_mb": 4096, "shm_mb": 64, "seconds": 60}
    forked = torch_worker.run(request(name, limits=limits))

    assert (outcome, exception) == (forked["outcome"], forked["exception"]), forked
    assert forked == torch_worker.run(request(name, limits=limits, isolate="process"))


def test_torchrun(torch_worker: Worker, tmp_path: Path) -> None:
    """torchrun starts each rank on the script, which is its main program."""
    script = tmp_path / "ranks.py"
    script.write_text(
        "import torch.distributed as dist\ndist.init_process_group('gloo')\n"
        "assert dist.get_world_size() == 2\ndist.destroy_process_group()\n",
        "utf-8",
    )
    limits = {"memory_mb": 4096, "shm_mb": 64, "seconds": 60}
    command = ["torchrun", "--nproc-per-node", "2", "{script}"]
    answer = torch_worker.run(request(script, limits=limits, isolate="process", command=command))

    assert ("passed", 1) == (answer["outcome"], answer["asserts"]), answer
