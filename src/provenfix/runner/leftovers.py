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
        if (name := _NAME.fullmatch(path.name)) and not alive(int(name[1]))
    ]


def alive(process: int) -> bool:
    """Whether there is a process of this number; where it cannot be asked, there is.

    Args:
        process: The number.
    """
    if os.name == "nt":  # there a signal, even this one, would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):  # no process has such a number
        return False
    except PermissionError:
        pass
    return True


def remove_folders() -> None:
    """Remove the working folders of workers that were killed."""
    for path in stale(Path(tempfile.gettempdir())):
        shutil.rmtree(path, ignore_errors=True)
