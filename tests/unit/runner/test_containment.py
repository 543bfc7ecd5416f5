"""Scripts that misbehave: the runner survives, says what happened, and nothing stays behind."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import LIMITS, Run

ALL = ["files", "memory", "network", "processes", "time"]
SHORT = {"limits": {**LIMITS, "seconds": 2}}
MARK = "provenfix-test-mark-"


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    """After each cell there is no process of it, no temporary file, and no control group."""
    before = _leftovers()
    yield
    end = time.monotonic() + 5
    while (left := _leftovers() - before) and time.monotonic() < end:
        time.sleep(0.05)

    assert set() == left


def _leftovers() -> set[str]:
    found = {str(path) for path in Path("/tmp").glob("provenfix-*")}
    found |= {str(path) for path in Path("/dev/shm").glob("*")}
    found |= {str(path) for path in Path("/sys/fs/cgroup").glob("**/provenfix-*")}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if MARK in command:
            found.add(f"{folder.name} {command}")
    return found


def test_everything_is_contained(run: Run) -> None:
    """An ordinary script runs with all five containments in force."""
    answer = run("assert str(1)\n")

    assert ("passed", ALL) == (answer["outcome"], answer["contained"])


def test_endless_loop(run: Run) -> None:
    """A script that loops for ever is killed at its limit, and the record says so."""
    answer = run("while True:\n    pass\n", **SHORT)

    assert ("timeout", "killed after 2 s") == (answer["outcome"], answer["reason"])


def test_children_that_outlive_it(run: Run) -> None:
    """Children, also in sessions of their own, die with the cell."""
    answer = run(
        "import os, sys, time\n"
        "for detach in (False, True):\n"
        "    if os.fork() == 0:\n"
        "        if detach:\n"
        "            os.setsid()\n"
        "        if detach and os.fork():\n"
        "            os._exit(0)\n"
        f"        os.execv(sys.executable, ['{MARK}', '-c', 'import time; time.sleep(60)'])\n"
        "time.sleep(0.5)\n"
        "assert os.getpid() < 10\n"
    )

    assert "passed" == answer["outcome"]


def test_all_memory(run: Run) -> None:
    """A script that takes all memory is stopped at its limit; the worker goes on."""
    hungry = "data = []\nwhile True:\n    data.append(bytearray(b'x' * (32 << 20)))\n"
    answer = run(hungry)

    assert answer["outcome"] in ("crashed", "other_error")
    assert answer["exception"] == "MemoryError" or "memory limit of 512 MB" in answer["reason"]
    assert "passed" == run("assert str(1)\n")["outcome"]


def test_memory_of_all_children_together(run: Run) -> None:
    """The limit counts all processes of a cell, not each of them."""
    answer = run(
        "import os, time\n"
        "children = [os.fork() for _ in range(1)]\n"
        "for _ in range(5):\n"
        "    if os.fork() == 0:\n"
        "        data = bytearray(b'x' * (150 << 20))\n"
        "        time.sleep(1)\n"
        "        os._exit(0)\n"
        "codes = [os.wait()[1] for _ in range(5)]\n"
        "raise SystemExit(max(codes) and 7)\n"
    )

    assert "passed" != answer["outcome"]


def test_fork_bomb(run: Run) -> None:
    """The number of processes is limited."""
    answer = run("import os\nwhile True:\n    os.fork()\n", **SHORT)

    assert answer["outcome"] in ("timeout", "other_error", "crashed")


def test_full_disk(run: Run) -> None:
    """A script that fills the disk meets the end of its own small disk."""
    answer = run(
        "with open('big', 'wb') as file:\n    while True:\n        file.write(b'x' * (1 << 20))\n"
    )

    assert ("other_error", "OSError") == (answer["outcome"], answer["exception"])


def test_a_gigabyte_of_output(run: Run) -> None:
    """1 GB of printing is cut to head and tail, marked, without filling memory or disk."""
    answer = run(
        "import sys\n"
        "print('first')\n"
        "for _ in range(1024):\n"
        "    sys.stdout.write('x' * (1 << 20))\n"
        "print('last')\n"
        "assert str(1)\n",
        limits={**LIMITS, "seconds": 60},
    )
    printed = "\n".join(answer["stdout"])

    assert "passed" == answer["outcome"]
    assert "first" == answer["stdout"][0]
    assert "... output cut ..." in printed
    assert printed.endswith("last")
    assert len(printed) < 100_000


def test_no_connection_to_the_outside(run: Run) -> None:
    """A listener of this machine and an address elsewhere are both out of reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answer = run(
            "import socket\n"
            f"for address in [('127.0.0.1', {port}), ('192.0.2.1', 80)]:\n"
            "    try:\n"
            "        socket.create_connection(address, timeout=2).close()\n"
            "    except OSError as error:\n"
            "        print(type(error).__name__)\n"
            "assert [name for _, name in socket.if_nameindex()] == ['lo']\n"
        )

    assert "passed" == answer["outcome"]
    assert ["ConnectionRefusedError", "OSError"] == answer["stdout"]


def test_loopback_works(run: Run) -> None:
    """Processes of one cell can talk to each other over 127.0.0.1."""
    answer = run(
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "client = socket.create_connection(server.getsockname())\n"
        "accepted, _ = server.accept()\n"
        "client.sendall(b'hello')\n"
        "assert accepted.recv(5) == b'hello'\n"
    )

    assert "passed" == answer["outcome"]


def test_writing_outside_its_folder(run: Run, tmp_path: Path) -> None:
    """The repository, the system and the home of the user cannot be written to."""
    repository = Path(__file__).parents[3]
    targets = [repository / "entries" / "evil", Path("/etc/evil"), Path("/usr/lib/evil")]
    answer = run(
        "import os\n"
        f"for path in {[str(target) for target in targets]!r}:\n"
        "    try:\n"
        "        open(path, 'w').close()\n"
        "    except OSError as error:\n"
        "        print(error.strerror)\n"
        "open('mine', 'w').close()\n"
        "open('/tmp/also-mine', 'w').close()\n"
        f"open('{Path.home()}/not-the-real-home', 'w').close()\n"
        "assert os.path.exists('mine')\n"
    )

    assert "passed" == answer["outcome"], answer
    assert 3 == len(answer["stdout"])
    assert not any(target.exists() for target in targets)
    assert not (Path.home() / "not-the-real-home").exists()
    assert not Path("/tmp/also-mine").exists()


def test_reading_the_users_files(run: Run) -> None:
    """The home of the user looks empty: nothing in it can be read."""
    name = f".provenfix-test-{os.getpid()}"
    secret = Path.home() / name
    secret.write_text("secret", "utf-8")
    try:
        answer = run(f"import os\nassert not os.path.exists('{secret}')\n")
    finally:
        secret.unlink()

    assert "passed" == answer["outcome"]


@pytest.mark.parametrize("target", ["os.getppid()", "1", "-1"])
def test_killing_its_parent(run: Run, target: str) -> None:
    """SIGKILL for its parent, for process 1 or for everybody reaches nobody outside."""
    answer = run(
        "import os, signal, time\n"
        "try:\n"
        f"    os.kill({target}, signal.SIGKILL)\n"
        "except OSError:\n"
        "    pass\n"
        "time.sleep(0.3)\n"
        "assert os.getpid() > 1\n"
    )

    assert "passed" == answer["outcome"]
    assert "passed" == run("assert str(1)\n")["outcome"]


@pytest.mark.parametrize(
    "call",
    [
        "libc.mount(b'', b'/', b'', REMOUNT_BIND, b'')",
        "libc.umount2(b'/tmp', 2)",
        "libc.sethostname(b'evil', 4)",
        "libc.mknod(b'/tmp/disk', 0o60666, 0x801)",
        # A user namespace of its own makes it root there, but not over the mounts it came with.
        "libc.unshare(NEWUSER_NEWNS) or libc.mount(b'', b'/', b'', REMOUNT_BIND, b'')",
        "libc.unshare(NEWUSER_NEWNS) or libc.umount2(b'/usr', 2)",
    ],
)
def test_undoing_the_containment(run: Run, call: str) -> None:
    """A script has no privileges to undo anything with, and cannot get them."""
    answer = run(
        "import ctypes\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "REMOUNT_BIND, NEWUSER_NEWNS = 32 | 4096, 0x10020000\n"
        "caps = [l for l in open('/proc/self/status') if l.startswith(('CapEff', 'CapBnd'))]\n"
        "assert all(int(line.split()[1], 16) == 0 for line in caps), caps\n"
        f"assert ({call}) != 0\n"
        "try:\n"
        "    open('/usr/evil', 'w')\n"
        "except OSError as error:\n"
        "    print(error.strerror)\n"
    )

    assert ("passed", 2) == (answer["outcome"], answer["asserts"]), answer
    assert ["Read-only file system"] == answer["stdout"]
    assert not Path("/usr/evil").exists()


def test_kernel_settings_are_read_only(run: Run) -> None:
    """/proc/sys and /proc/sysrq-trigger belong to root, and the script is root without rights."""
    answer = run(
        "for path in ('/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger'):\n"
        "    try:\n"
        "        open(path, 'w')\n"
        "    except OSError as error:\n"
        "        print(error.strerror)\n"
        "import os\n"
        "assert not os.path.exists('/dev/vda') and not os.path.exists('/dev/sda')\n"
    )

    assert "passed" == answer["outcome"]
    assert 2 == len(answer["stdout"])


def test_environment_is_clean(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets of the caller's environment do not reach a script; the claim's variables do."""
    answer = run(
        "import os\n"
        "assert os.environ['TORCH_X'] == '1'\n"
        "assert not [name for name in os.environ if 'TOKEN' in name or name.startswith('PIP_')]\n"
        "assert os.environ['HOME'] == os.getcwd()\n",
        env={"TORCH_X": "1"},
    )

    assert "passed" == answer["outcome"], answer
