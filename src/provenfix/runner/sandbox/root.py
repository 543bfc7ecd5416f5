"""The file system that a script sees: what the interpreter needs, read-only, and a private /tmp.

It is an allow-list: homes, the repository and the sockets of services are not in it.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable

from provenfix.runner.sandbox import linux
from provenfix.runner.sandbox.limits import Limits

HOSTNAME = "cellhost"
HOME = "/tmp/cell"
WRITABLE = ("/tmp", "/dev/shm")

_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/sys",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/localtime",
)
# No other device: user 0 may open the disk's node even without capabilities.
_DEVICES = ("null", "zero", "full", "random", "urandom", "nvidia*")
_LINKS = {
    "/dev/fd": "/proc/self/fd",
    "/dev/stdin": "/proc/self/fd/0",
    "/dev/stdout": "/proc/self/fd/1",
    "/dev/stderr": "/proc/self/fd/2",
    "/var/tmp": "/tmp",
}
_FILES = {
    "/etc/passwd": f"root:x:0:0:root:{HOME}:/bin/sh\n",
    "/etc/group": "root:x:0:\n",
    "/etc/hosts": f"127.0.0.1 localhost {HOSTNAME}\n::1 localhost\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def needed() -> list[str]:
    """The paths that this interpreter, its packages and the harness lie under."""
    interpreter = os.path.dirname(os.path.dirname(os.path.realpath(sys.executable)))
    prefixes = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix, interpreter]
    packages = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    libraries = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    harness = [f"{_PACKAGE}/__init__.py", f"{_PACKAGE}/runner"]
    return _outermost([*_SYSTEM, *prefixes, *packages, *filter(None, libraries), *harness])


def _outermost(paths: Iterable[str]) -> list[str]:
    """Absolute paths that exist, without those that lie under another one, or are the root."""
    found: list[str] = []
    # A path that is a link stays one, so what it points to has to be there too.
    both = {resolve(path) for path in paths for resolve in (os.path.abspath, os.path.realpath)}
    for path in sorted(both - {"/"}):
        under = any(path.startswith(f"{other}/") for other in found)
        if os.path.lexists(path) and not under:
            found.append(path)
    return found


def enter(folder: str, limits: Limits, paths: Iterable[str]) -> None:
    """Make a new root and move into it. Needs namespaces of its own for mounts and processes.

    Args:
        folder: An empty folder to build it on.
        limits: The sizes of /tmp and /dev/shm.
        paths: What is in it, as now but read-only.

    Raises:
        OSError: A mount was refused.
    """
    linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    _tmpfs(folder, 1)
    _tmpfs(f"{folder}/tmp", limits.disk_mb)
    _tmpfs(f"{folder}/dev/shm", limits.shm_mb)
    devices = [path for name in _DEVICES for path in glob.glob(f"/dev/{name}")]
    for path in [*paths, *devices]:
        _bind(path, folder + path)
    os.mkdir(f"{folder}/proc")
    # Read-only, because user 0 may write kernel settings below it even without capabilities.
    flags = linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    linux.mount("proc", f"{folder}/proc", "proc", flags)
    _fill(folder)
    linux.set_read_only(folder, True, recursive=True)
    for path in WRITABLE:
        linux.set_read_only(folder + path, False, recursive=False)
    linux.change_root(folder)


def is_read_only() -> bool:
    """Whether no mount can be written but those meant for it."""
    with open("/proc/self/mountinfo") as file:
        mounts = [line.split() for line in file]
    return {m[4] for m in mounts if "ro" not in m[5].split(",")} == set(WRITABLE)


def _tmpfs(path: str, megabytes: int) -> None:
    os.makedirs(path, exist_ok=True)
    options = f"size={megabytes}m,nr_inodes=100k,mode=755"
    linux.mount("tmpfs", path, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, options)


def _bind(source: str, target: str) -> None:
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.islink(source):
        os.symlink(os.readlink(source), target)
        return
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.close(os.open(target, os.O_CREAT))
    linux.mount(source, target, flags=linux.MS_BIND | linux.MS_REC)


def _fill(folder: str) -> None:
    for path, text in _FILES.items():
        os.makedirs(os.path.dirname(folder + path), exist_ok=True)
        with open(folder + path, "w") as file:
            file.write(text)
    for path, target in _LINKS.items():
        os.makedirs(os.path.dirname(folder + path), exist_ok=True)
        os.symlink(target, folder + path)
    os.mkdir(folder + HOME)
