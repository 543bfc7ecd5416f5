"""Keeps a script from files, network, processes and memory that are not its own.

Namespaces of a new user namespace, so root and other users take the same way; a private root
(root.py), no capabilities, limits by process (limits.py) and for all together (cgroups.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from provenfix.runner.sandbox import linux, root
from provenfix.runner.sandbox.limits import Limits

_NAMESPACES = (
    linux.CLONE_NEWUSER
    | linux.CLONE_NEWNS
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
)


def leave_host() -> None:
    """Move into new namespaces, as user 0 of the first; the next child is process 1 of its own.

    Raises:
        OSError: The host does not allow it.
    """
    user, group = os.getuid(), os.getgid()
    linux.unshare(_NAMESPACES)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"0 {user} 1"),
        ("gid_map", f"0 {group} 1"),
    ):
        _write(f"/proc/self/{name}", text)


def enclose(folder: str, limits: Limits, paths: Iterable[str]) -> list[str]:
    """Shut the door behind process 1: private root, loopback only, no capabilities.

    Args:
        folder: An empty folder to build the root on.
        limits: The sizes of /tmp and /dev/shm.
        paths: What the script may read (`root.needed`).

    Returns:
        What a script is now kept from, each verified: "files", "network".

    Raises:
        OSError: The host does not allow it.
    """
    # A script that makes a user namespace would have capabilities in it.
    _write("/proc/sys/user/max_user_namespaces", "0")
    linux.set_hostname(root.HOSTNAME)
    linux.raise_loopback()
    root.enter(folder, limits, paths)
    linux.drop_privileges()
    files = ["files"] if root.is_read_only() else []
    network = ["network"] if linux.interfaces_up() == {"lo"} else []
    return files + network


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)
