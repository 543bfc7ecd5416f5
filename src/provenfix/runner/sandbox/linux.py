"""The few kernel calls that Python 3.11 does not offer, through libc (see the man page of each).

All raise OSError with the call's name.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import struct
from contextlib import suppress

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000

_MNT_DETACH = 2
_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_SYS_MOUNT_SETATTR = 442  # the same on every architecture; in libc only since glibc 2.36
_MOUNT_ATTR_RDONLY = 0x1

_HUGE_PAGE = 2 * 1024 * 1024
_MADV_COLLAPSE = 25

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION_3 = 0x20080522

_SIOCGIFFLAGS = 0x8913
_SIOCSIFFLAGS = 0x8914
_IFF_UP = 0x1
_IFREQ = "16sh22x"

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc, name)(*arguments) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


def _prctl(option: int, value: int) -> None:
    _call("prctl", option, *(ctypes.c_ulong(n) for n in (value, 0, 0, 0)))


def unshare(flags: int) -> None:
    """Move this process, or its children to come (CLONE_NEWPID), into new namespaces."""
    _call("unshare", flags)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount a file system, or bind a path (MS_BIND)."""
    texts = [os.fsencode(text) for text in (source, target, kind, options)]
    _call("mount", *texts[:3], ctypes.c_ulong(flags), texts[3])


def set_read_only(path: str, read_only: bool, *, recursive: bool) -> None:
    """Make a mount, or all mounts from it downwards, read-only or writable. Linux >= 5.12."""
    changes = (_MOUNT_ATTR_RDONLY, 0) if read_only else (0, _MOUNT_ATTR_RDONLY)
    attributes = struct.pack("4Q", *changes, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    size = ctypes.c_size_t(len(attributes))
    number = ctypes.c_long(_SYS_MOUNT_SETATTR)
    _call("syscall", number, _AT_FDCWD, os.fsencode(path), flags, attributes, size)


def change_root(path: str) -> None:
    """Make a mount the root, and let go of the old one."""
    os.chdir(path)
    # With both names the same, the old root lies on top of the new one and can be unmounted there.
    _call("pivot_root", b".", b".")
    _call("umount2", b".", _MNT_DETACH)
    os.chdir("/")


def set_hostname(name: str) -> None:
    """Name the machine, in this UTS namespace."""
    _call("sethostname", name.encode(), ctypes.c_size_t(len(name)))


def interfaces_up() -> set[str]:
    """The network interfaces that are up in this network namespace."""
    with socket.socket() as sock:
        return {name for _, name in socket.if_nameindex() if _flags(sock, name) & _IFF_UP}


def raise_loopback() -> None:
    """Set the interface `lo` up."""
    with socket.socket() as sock:
        request = struct.pack(_IFREQ, b"lo", _flags(sock, "lo") | _IFF_UP)
        fcntl.ioctl(sock, _SIOCSIFFLAGS, request)


def _flags(sock: socket.socket, name: str) -> int:
    answer = fcntl.ioctl(sock, _SIOCGIFFLAGS, struct.pack(_IFREQ, name.encode(), 0))
    flags: int = struct.unpack(_IFREQ, answer)[1]
    return flags


def use_huge_pages() -> None:
    """Gather the memory of this process in pages of 2 MiB, where the kernel can (Linux >= 6.1).

    A fork then copies one entry for each of them, not 512, and the child's end undoes as few.
    """
    for begin, end in _memory():
        first, last = -(-begin // _HUGE_PAGE) * _HUGE_PAGE, end // _HUGE_PAGE * _HUGE_PAGE
        if first < last:
            with suppress(OSError):
                size = ctypes.c_size_t(last - first)
                _call("madvise", ctypes.c_void_p(first), size, _MADV_COLLAPSE)


def _memory() -> list[tuple[int, int]]:
    """Where this process's own memory begins and ends, that of no file."""
    with open("/proc/self/maps") as file:
        lines = [line.split()[:5] for line in file]
    return [
        (int(begin, 16), int(end, 16))
        for span, rights, _, _, inode in lines
        for begin, end in [span.split("-")]
        if rights == "rw-p" and inode == "0"
    ]


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of all descendants whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def set_open(is_open: bool) -> None:
    """Let processes of the same user look into this one, and it into its own /proc, or not."""
    _prctl(_PR_SET_DUMPABLE, int(is_open))


def drop_privileges() -> None:
    """Give up every capability for good, those of programs started later too."""
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        _prctl(_PR_CAPBSET_DROP, capability)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
