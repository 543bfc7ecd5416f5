"""A worker without torch, scripts written on the spot, and a look for what they leave behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from provenfix.runner.client import Worker

LIMITS = {
    "seconds": 10,
    "memory_mb": 512,
    "disk_mb": 32,
    "shm_mb": 16,
    "processes": 32,
    "output_kb": 64,
}
SIGNATURE = {"exception": "RuntimeError", "pattern": "cannot take the mean"}
Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def plain_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter that has no torch, so that its workers start at once."""
    folder = tmp_path_factory.mktemp("plain")
    python = folder / "bin" / "python"
    python.parent.mkdir()
    python.symlink_to(os.path.realpath(sys.executable))
    base = Path(sys.base_prefix)
    (folder / "pyvenv.cfg").write_text(f"home = {base}/bin\n", "utf-8")
    return str(python)


@pytest.fixture(scope="session")
def worker(plain_python: str) -> Iterator[Worker]:
    with Worker(plain_python) as started:
        yield started


@pytest.fixture
def run(worker: Worker, tmp_path: Path) -> Run:
    """Write a script and run it as a cell; skips where the host lets nobody contain anything."""

    def run_script(
        source: str | bytes, isolate: str = "fork", env: dict[str, str] | None = None, **more: Any
    ) -> dict[str, Any]:
        path = tmp_path / "script.py"
        path.write_bytes(source.encode() if isinstance(source, str) else source)
        request = {
            "id": "test",
            "path": str(path),
            "signatures": [SIGNATURE],
            "expect": None,
            "env": env or {},
            "isolate": isolate,
            "limits": LIMITS,
        }
        answer = worker.run({**request, **more})
        if answer.get("contained") == ["memory", "time"] and not os.environ.get("CI"):
            pytest.skip("this host offers no namespaces: run as root, or allow user namespaces")
        return answer

    return run_script
