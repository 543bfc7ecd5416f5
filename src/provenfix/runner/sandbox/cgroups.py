"""Limits on all processes of a cell together: memory, and how many there are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from provenfix.runner import leftovers
from provenfix.runner.sandbox.limits import MIB, Limits

_REMOVAL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """A folder in which groups for one controller can be made.

    Args:
        controller: `memory` or `pids`.
        version: Of the cgroup interface, 1 or 2; the files are named differently.
        folder: The parent of new groups.
    """

    controller: str
    version: int
    folder: Path


def places(mountinfo: str, own: str) -> Iterator[Place]:
    """Where groups can be made.

    Args:
        mountinfo, own: The contents of /proc/self/mountinfo and /proc/self/cgroup.
    """
    paths = {
        name: path.lstrip("/")
        for line in own.splitlines()
        for names, path in [line.split(":", 2)[1:]]
        for name in names.split(",")
    }
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        mount = Path(before.split()[4])
        kind, _, options = after.split()[:3]
        for name in ("memory", "pids"):
            if kind == "cgroup" and name in options.split(","):
                yield Place(name, 1, mount / paths.get(name, ""))
            # A group of version 2 that holds processes cannot limit its children, the root can.
            elif kind == "cgroup2" and name in _delegated(mount):
                yield Place(name, 2, mount)


def _delegated(mount: Path) -> list[str]:
    with suppress(OSError):
        return (mount / "cgroup.subtree_control").read_text().split()
    return []


class Group:
    """The control groups of one cell; on a host that offers none, it limits nothing.

    Args:
        name: Its name, that of the cell's folder.
        limits: What all processes of the cell may use together.
        base: The memory, bytes, that comes on top for the interpreter with torch.
    """

    def __init__(self, name: str, limits: Limits, base: int) -> None:
        # Files in the private /tmp and /dev/shm are memory too. One process alone is to meet its
        # own limit first, which is an error in the script and not a kill.
        memory = base + (limits.memory_mb + limits.disk_mb + limits.shm_mb) * MIB
        self._folders: dict[str, Path] = {}
        for place in _here():
            folder = place.folder / name
            file, value = {
                ("memory", 1): ("memory.limit_in_bytes", memory),
                ("memory", 2): ("memory.max", memory),
                ("pids", 1): ("pids.max", limits.processes),
                ("pids", 2): ("pids.max", limits.processes),
            }[place.controller, place.version]
            with suppress(OSError):
                folder.mkdir(exist_ok=True)
                (folder / file).write_text(str(value))
                self._folders[place.controller] = folder

    def join(self) -> None:
        """Move this process, which has one thread, and those it starts, into the group."""
        for folder in self._folders.values():
            # The kernel moves a process only once no other forks or ends, which takes it some ten
            # milliseconds; a thread that moves itself waits for nothing. Version 1 offers both.
            thread = folder / "tasks"
            (thread if thread.exists() else folder / "cgroup.procs").write_text("0")

    def limits(self, controller: str) -> bool:
        """Whether `memory` or `pids` is limited."""
        return controller in self._folders

    def memory_kills(self) -> int:
        """How many processes the kernel has killed for memory."""
        folder = self._folders.get("memory")
        if folder is None:
            return 0
        for name in ("memory.oom_control", "memory.events"):
            with suppress(OSError):
                words = (folder / name).read_text().split()
                return int(words[words.index("oom_kill") + 1])
        return 0

    def remove(self) -> None:
        """Remove the group, whose processes have ended.

        Raises:
            OSError: A process is still in it after some seconds.
        """
        end = time.monotonic() + _REMOVAL_SECONDS
        for folder in set(self._folders.values()):
            while True:
                try:
                    folder.rmdir()
                    break
                except OSError:
                    if time.monotonic() > end:
                        raise
                    time.sleep(0.002)


def remove_stale() -> None:
    """Remove groups of workers that were killed."""
    for place in _here():
        for folder in leftovers.stale(place.folder):
            with suppress(OSError):
                folder.rmdir()


def _here() -> Iterator[Place]:
    with suppress(OSError):
        mountinfo = Path("/proc/self/mountinfo").read_text()
        yield from places(mountinfo, Path("/proc/self/cgroup").read_text())
