"""What a script may use, and the part of it that the kernel counts by process."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass

MIB = 1024 * 1024
MOST_PATIENCE = 5
_GRACE_SECONDS = 5
_RESERVE = 64 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """What one script may use.

    Args:
        seconds: Wall time on a machine with a core to spare (`patience`).
        memory_mb: Memory, MiB: of one process beyond the interpreter with torch, and of all
            processes together.
        disk_mb, shm_mb: Size of /tmp and of /dev/shm, MiB.
        processes: Processes and threads at one time.
        output_kb: How much of what it prints is kept, KiB.
    """

    seconds: float = 60
    memory_mb: int = 4096
    disk_mb: int = 512
    shm_mb: int = 256
    processes: int = 64
    output_kb: int = 64


def patience() -> float:
    """By what factor a limit on wall time is longer now: processes that want to run, by cores.

    A script that shares its core gets a part of each second only. Killed all the same, it would
    say something about the machine, and count as one that does not do the same each time.
    """
    try:
        wanting = os.getloadavg()[0]
    except OSError:
        return 1.0
    return min(max(1.0, wanting / len(os.sched_getaffinity(0))), float(MOST_PATIENCE))


def address_space() -> int:
    """The size of this process's address space, bytes."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def apply(limits: Limits, base: int | None, *, private: bool) -> None:
    """Limit this process and those it starts.

    Args:
        limits: What it may use.
        base: The address space of the interpreter with torch, bytes, which comes on top. None: no
            limit on addresses, because CUDA reserves far more of them than it uses.
        private: In namespaces: the disk is limited by its size, and other processes of the user
            do not count.
    """
    _set(resource.RLIMIT_CORE, 0)
    # A process that escapes the limit on wall time (where namespaces are missing) ends by this one.
    _set(resource.RLIMIT_CPU, int(limits.seconds) + _GRACE_SECONDS)
    if private:
        _set(resource.RLIMIT_NPROC, limits.processes)
    else:
        _set(resource.RLIMIT_FSIZE, limits.disk_mb * MIB)
    if base is not None:
        _set(resource.RLIMIT_AS, base + limits.memory_mb * MIB, _RESERVE)


def relax() -> None:
    """Open a reserve of addresses, to report that there are no more."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _set(kind: int, value: int, reserve: int = 0) -> None:
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard - reserve)
    resource.setrlimit(kind, (value, value + reserve))
