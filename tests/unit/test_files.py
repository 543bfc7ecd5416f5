"""Files are replaced whole, and what killed writers left goes with the next write."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from provenfix import files

KILLED = """
import os, signal, sys
from pathlib import Path
from provenfix import files
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
files.replace(Path(sys.argv[1]), "new")
"""


def test_a_killed_writer_leaves_the_old_content(tmp_path: Path) -> None:
    """The next write of the same file removes what it left beside it."""
    path = tmp_path / "record.json"
    files.replace(path, "old")

    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)

    assert -signal.SIGKILL == killed.returncode
    assert ["old", "new"] == [file.read_text("utf-8") for file in _by_name(tmp_path, path)]

    assert files.replace(path, "newer")
    assert [path] == list(tmp_path.iterdir())
    assert "newer" == path.read_text("utf-8")


def test_what_a_living_writer_writes_stays(tmp_path: Path) -> None:
    """So do files that are not temporary ones of this file."""
    others = [
        tmp_path / f".record.json.{os.getppid()}.abc",
        tmp_path / ".record.json.notes",
        tmp_path / ".other.json.1.abc",
    ]
    for other in others:
        other.write_text("theirs", "utf-8")

    assert files.replace(tmp_path / "record.json", "mine")

    assert {*others, tmp_path / "record.json"} == set(tmp_path.iterdir())


def _by_name(folder: Path, first: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=lambda file: (file != first, file.name))
