"""Puts a process into a container of its own: namespaces, private folders, limits, no privileges.

Each step reports what it established, and only that gets into a record.
"""

from __future__ import annotations

import contextlib
import os
import resource
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from provenfix.runner import kernel

FOLDER = "/tmp/cell"
"""Where a script lies and works, inside."""

_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_GPU_DEVICES = ("nvidia*", "dri", "dxg", "kfd")
_SMALL = 16
"""Mebibytes of a private folder that is not meant to be used."""

_ALWAYS = kernel.CLONE_NEWNS | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS


def enter_namespaces() -> bool:
    """Move the calling process, and the children it forks, into new namespaces.

    Returns:
        Whether the host allowed it.
    """
    user, group = os.getuid(), os.getgid()
    flags = _ALWAYS | kernel.CLONE_NEWPID
    try:
        kernel.unshare(flags if user == 0 else flags | kernel.CLONE_NEWUSER)
    except OSError:
        return False
    if user != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    return True


def shut_in(limits: dict[str, int]) -> list[str]:
    """Close the namespaces: everything read-only but private folders, no network but loopback.

    Runs as the first process of the new process namespace.

    Args:
        limits: `disk_mb` and `shm_mb`, in mebibytes.

    Returns:
        What is contained from now on.
    """
    established = ["processes"]
    kernel.mount("", "/", "", kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.set_hostname("cell")
    with contextlib.suppress(OSError):
        kernel.loopback_up()
    if [name for _, name in socket.if_nameindex()] == ["lo"]:
        established.append("network")
    with contextlib.suppress(OSError):
        _close_files(limits)
        established.append("files")
    return established


def _close_files(limits: dict[str, int]) -> None:
    sizes = {**dict.fromkeys(_private_folders(), _SMALL), "/tmp": limits["disk_mb"]}
    kept = [*_interpreter_folders(tuple(sizes)), *_devices()]
    with _held(kept) as handles:
        kernel.read_only_everything()
        for folder, megabytes in sizes.items():
            _private(folder, megabytes)
        for path, handle in handles.items():
            _bind(handle, path)
    os.mkdir("/dev/shm")
    _private("/dev/shm", limits["shm_mb"])
    os.mkdir(FOLDER)
    # Root without capabilities still owns /proc/sys and /proc/sysrq-trigger, so they are read-only.
    flags = kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    kernel.mount("proc", "/proc", "proc", flags)


def _private_folders() -> list[str]:
    """Folders that a script gets empty: those of people, of services and of devices."""
    home = os.path.expanduser("~")
    candidates = ["/root", "/home", home, "/var/tmp", "/run", "/dev", "/mnt", "/media"]
    return [p for p in dict.fromkeys(candidates) if p != "/" and os.path.isdir(p)]


def _interpreter_folders(hidden_folders: tuple[str, ...]) -> list[str]:
    """Folders inside private ones that Python needs to go on running."""
    hidden = tuple(f"{folder}/" for folder in hidden_folders)
    wanted = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path}
    found = sorted(p for p in wanted if p.startswith(hidden) and os.path.isdir(p))
    return [p for p in found if not any(p.startswith(f"{other}/") for other in found)]


def _devices() -> list[str]:
    named = [f"/dev/{name}" for name in _DEVICES]
    gpu = [str(p) for pattern in _GPU_DEVICES for p in Path("/dev").glob(pattern)]
    return [path for path in named + gpu if os.path.exists(path)]


@contextlib.contextmanager
def _held(paths: list[str]) -> Iterator[dict[str, int]]:
    """Open paths, so that they can be bound again after something was mounted over them."""
    handles = {path: os.open(path, os.O_PATH) for path in paths}
    try:
        yield handles
    finally:
        for handle in handles.values():
            os.close(handle)


def _bind(handle: int, path: str) -> None:
    source = f"/proc/self/fd/{handle}"
    if os.path.isdir(source):
        os.makedirs(path, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        Path(path).touch()
    kernel.mount(source, path, "", kernel.MS_BIND | kernel.MS_REC)


def _private(path: str, megabytes: int) -> None:
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("tmpfs", path, "tmpfs", flags, f"size={megabytes}m,mode=0755,nr_inodes=65536")


def limit(limits: dict[str, int], address_space: bool) -> bool:
    """Set the limits of the calling process and its children.

    Args:
        limits: `memory_mb`, `disk_mb` (mebibytes) and `seconds` (of wall time).
        address_space: Whether to limit it; a process with CUDA reserves far more than it uses.

    Returns:
        Whether memory is limited.
    """
    megabyte = 1 << 20
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["disk_mb"] * megabyte,) * 2)
    processor = limits["seconds"] * (os.cpu_count() or 1)
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    if address_space:
        # Twice the memory: shared libraries and thread stacks are mapped, not used.
        resource.setrlimit(resource.RLIMIT_AS, (2 * limits["memory_mb"] * megabyte,) * 2)
    return address_space


def environment(extra: dict[str, str]) -> dict[str, str]:
    """The environment variables of a script: the few that are passed on, and the claim's own."""
    passed = ("PATH", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "CUDA_HOME", "VIRTUAL_ENV")
    kept = {name: os.environ[name] for name in passed if name in os.environ}
    return {
        **kept,
        "HOME": FOLDER,
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        **extra,
    }
