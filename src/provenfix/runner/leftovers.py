"""Names for what a worker makes on the host, by which what a killed one left can be found."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

_NAME = re.compile(r"provenfix-(\d+)-\w{8}")


def prefix() -> str:
    """How the names of what this process makes begin; `tempfile.mkdtemp` adds 8 characters."""
    return f"provenfix-{os.getpid()}-"


def stale(folder: Path) -> list[Path]:
    """What processes that no longer exist have left in a folder."""
    return [
        path
        for path in folder.glob("provenfix-*")
        if (name := _NAME.fullmatch(path.name)) and not os.path.exists(f"/proc/{name[1]}")
    ]


def remove_folders() -> None:
    """Remove the working folders of workers that were killed."""
    for path in stale(Path(tempfile.gettempdir())):
        shutil.rmtree(path, ignore_errors=True)
