"""The small parts: printed tracebacks, kept output, reports, control groups, memory, the probe."""

from __future__ import annotations

import mmap
import os
import platform
import re
import time
from pathlib import Path

import pytest

from provenfix.runner import cell, leftovers, probe, surroundings
from provenfix.runner.output import CUT, HeadTail
from provenfix.runner.report import Error, Report
from provenfix.runner.sandbox import linux
from provenfix.runner.sandbox.cgroups import Place, places
from provenfix.runner.sandbox.limits import MIB, MOST_PATIENCE, patience
from provenfix.runner.tracebacks import names, printed_errors

TORCHRUN = """\
noise before
[rank0]: Traceback (most recent call last):
[rank0]:   File "x.py", line 3, in <module>
[rank0]: torch.distributed.DistBackendError: first line
[rank0]: second line

Traceback (most recent call last):
  File "y.py", line 1
KeyError
Traceback (most recent call last):
  File "z.py", line 1
ValueError: last
"""


def test_printed_errors() -> None:
    """Each traceback gives its exception, with all lines of the message."""
    assert [
        Error("DistBackendError", "first line\nsecond line"),
        Error("KeyError", ""),
        Error("ValueError", "last"),
    ] == list(printed_errors(TORCHRUN))


@pytest.mark.parametrize(
    ("exception", "expected"), [("ValueError", True), ("Value", False), ("KeyError", True)]
)
def test_names(exception: str, expected: bool) -> None:
    """A class is named where it ends a traceback."""
    assert expected is names(exception, TORCHRUN)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("", ""),
        ("0123456789", "0123456789"),
        ("ab\ncdefgh\nijkl\nmn", f"ab\n{CUT}\nmn"),
        ("x" * 100, f"xxxxx\n{CUT}\nxxxxx"),
    ],
)
@pytest.mark.parametrize("step", [1, 3, 100])
def test_output_keeps_both_ends(printed: str, expected: str, step: int) -> None:
    """Ten bytes are kept, whole lines of them, however the pieces come."""
    kept = HeadTail(10)
    for start in range(0, len(printed), step):
        kept.add(printed[start : start + step].encode())

    assert expected == kept.text()


@pytest.mark.parametrize("error", [None, Error("RuntimeError", "half a pair \ud800 ✘")])
def test_report_crosses(error: Error | None) -> None:
    """A report is the same on the other side of the pipe, whatever characters are in it."""
    report = Report(error, "printed", 1, 2, (Error("KeyError", "x"),))

    assert report == Report.from_bytes(report.to_bytes())


@pytest.mark.parametrize("data", [b"", b"{}", b"null", b"[1]", b'{"error": 1}', b"\xff"])
def test_what_is_no_report(data: bytes) -> None:
    """What a script wrote into the pipe instead is no report."""
    assert Report.from_bytes(data) is None


def test_only_own_leftovers_are_stale(tmp_path: Path) -> None:
    """What other programs, or workers that live, have made stays."""
    names = ["provenfix-999999999-abcd_123", f"{leftovers.prefix()}abcd_123", "provenfix-site-x"]
    for name in names:
        (tmp_path / name).mkdir()

    assert [tmp_path / names[0]] == leftovers.stale(tmp_path)


def test_places_of_version_1() -> None:
    """Groups are made below the one that this process is in."""
    mountinfo = (
        "32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu\n"
        "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:5 - cgroup cgroup rw,memory\n"
    )

    assert [Place("memory", 1, Path("/sys/fs/cgroup/memory/a/b"))] == list(
        places(mountinfo, "4:memory:/a/b\n3:cpu:/\n0::/\n")
    )


def test_places_of_version_2(tmp_path: Path) -> None:
    """Groups are made at the root, for the controllers that it hands on."""
    (tmp_path / "cgroup.subtree_control").write_text("cpu memory pids\n", "utf-8")
    mountinfo = f"41 31 0:38 / {tmp_path} rw,relatime - cgroup2 cgroup2 rw\n"

    assert [Place("memory", 2, tmp_path), Place("pids", 2, tmp_path)] == list(
        places(mountinfo, "0::/user.slice\n")
    )


@pytest.mark.parametrize(
    ("load", "expected"), [(0.0, 1.0), (1.0, 1.0), (3.0, 3.0), (1000.0, MOST_PATIENCE)]
)
def test_patience(monkeypatch: pytest.MonkeyPatch, load: float, expected: float) -> None:
    """Time stretches with the processes for each core, up to a bound."""
    cores = len(os.sched_getaffinity(0))
    monkeypatch.setattr(os, "getloadavg", lambda: (load * cores, 0.0, 0.0))

    assert expected == patience()


def test_unknown_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not tell its load, a limit is what it says."""

    def unknown() -> tuple[float, float, float]:
        raise OSError

    monkeypatch.setattr(os, "getloadavg", unknown)

    assert patience() == 1.0


@pytest.mark.parametrize(("factor", "ends"), [(1.0, False), (1e6, True)])
def test_reading_patiently(monkeypatch: pytest.MonkeyPatch, factor: float, ends: bool) -> None:
    """At its limit a script that was kept waiting goes on; another is over."""
    client, pipe = os.pipe(), os.pipe()

    def busy() -> float:
        os.close(pipe[1])
        return factor

    monkeypatch.setattr(cell, "patience", busy)
    with cell._Streams({pipe[0]: HeadTail(10)}, client[0]) as streams:
        assert ends is streams.read_patiently([pipe[0]], time.monotonic(), 0.01)
    for descriptor in client:
        os.close(descriptor)


def test_huge_pages() -> None:
    """Memory is gathered in huge pages where the kernel can, and keeps its content."""
    content = bytes(range(256)) * (8 * MIB // 256)
    with mmap.mmap(-1, len(content), flags=mmap.MAP_PRIVATE) as memory:
        memory.write(content)
        linux.use_huge_pages()
        assert content == memory[:]
        version = tuple(map(int, re.findall(r"\d+", platform.release())[:2]))
        assert (
            version < (6, 1)
            or not Path("/sys/kernel/mm/transparent_hugepage").exists()
            or (_kib("AnonHugePages") >= 6 * 1024)
        )


def _kib(what: str) -> int:
    """What /proc says of this process's memory."""
    text = Path("/proc/self/smaps_rollup").read_text("utf-8")
    return int(re.findall(rf"^{what}: +(\d+) kB", text, re.MULTILINE)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar 5", "550.54.15"),
        ("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Rel", "580.65.06"),
        ("", "unknown"),
    ],
)
def test_driver(text: str, expected: str) -> None:
    """The driver's version is found in both wordings."""
    assert expected == probe.driver(text)


def test_slug_of_a_device() -> None:
    """A device's name becomes part of a file name."""
    assert "nvidia-geforce-rtx-4090" == probe.slug("NVIDIA GeForce RTX 4090")


def test_variables_hold_nothing_of_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the caller's variables only those pass that find the GPU and its libraries."""
    monkeypatch.setattr("os.environ", {"TOKEN": "secret", "CUDA_VISIBLE_DEVICES": "1"})
    found = surroundings.variables("/opt/py/bin/python", "/tmp/cell")

    assert ("1", "/opt/py/bin:/usr/local/bin:/usr/bin:/bin") == (
        found["CUDA_VISIBLE_DEVICES"],
        found["PATH"],
    )
    assert "TOKEN" not in found


@pytest.mark.parametrize(
    ("build", "expected"), [("cpu", "cpu_build"), ("cu121", "cuda_build"), ("rocm6.4", "")]
)
def test_of_build(build: str, expected: str) -> None:
    """A build of torch is with CUDA, without, or neither."""
    assert expected == probe.of_build(build)
