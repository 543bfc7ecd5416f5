"""A control group around one cell: limits the memory and the number of all its processes."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_NAME = "provenfix-{pid}"
_V1 = {
    "memory": (("memory.limit_in_bytes", "memory_mb", 1 << 20),),
    "pids": (("pids.max", "processes", 1),),
}
_V2 = (("memory.max", "memory_mb", 1 << 20), ("pids.max", "processes", 1))


class ControlGroup:
    """The groups of one cell; those that the host does not offer are left out.

    Args:
        limits: `memory_mb` (mebibytes) and `processes`.
    """

    def __init__(self, limits: dict[str, int]) -> None:
        self._folders: list[Path] = []
        name = _NAME.format(pid=os.getpid())
        if (_ROOT / "cgroup.controllers").exists():
            self._make(_ROOT / name, _V2, limits)
        else:
            for controller, files in _V1.items():
                self._make(_ROOT / controller / name, files, limits)

    @property
    def limits_memory(self) -> bool:
        """Whether memory is limited."""
        return any(
            (f / n).exists() for f in self._folders for n in ("memory.max", "memory.limit_in_bytes")
        )

    def enter(self) -> None:
        """Move the calling process, and what it forks from now on, into the groups."""
        for folder in self._folders:
            (folder / "cgroup.procs").write_text(str(os.getpid()))

    def out_of_memory(self) -> bool:
        """Whether the kernel killed a process for memory."""
        for folder in self._folders:
            for name in ("memory.events", "memory.oom_control"):
                with contextlib.suppress(OSError):
                    fields = dict(line.split() for line in (folder / name).read_text().splitlines())
                    if int(fields.get("oom_kill", 0)):
                        return True
        return False

    def remove(self) -> None:
        """Remove the groups; the kernel may take a moment to notice that they are empty."""
        for folder in self._folders:
            for _ in range(100):
                try:
                    folder.rmdir()
                    break
                except OSError:
                    time.sleep(0.01)

    def _make(
        self, folder: Path, files: tuple[tuple[str, str, int], ...], limits: dict[str, int]
    ) -> None:
        try:
            folder.mkdir(exist_ok=True)
            for name, key, unit in files:
                (folder / name).write_text(str(limits[key] * unit))
        except OSError:
            with contextlib.suppress(OSError):
                folder.rmdir()
            return
        self._folders.append(folder)
