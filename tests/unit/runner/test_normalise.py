"""What differs from run to run goes; what readers search for stays."""

from __future__ import annotations

import sysconfig

import pytest

from provenfix.runner import normalise

PACKAGES = sysconfig.get_paths()["purelib"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('File "/tmp/cell/repro.py", line 3', 'File "repro.py", line 3'),
        (f'File "{PACKAGES}/torch/x.py", line 7', 'File "<site-packages>/torch/x.py", line 7'),
        ("\x1b[31mred\x1b[0m", "red"),
        ("<object at 0x7f3a5c21e0d0>", "<object at 0x…>"),
        ("DataLoader worker (pid 4711) is killed", "DataLoader worker (pid <pid>) is killed"),
        ("(pid(s) 12, 13) exited", "(pid(s) <pid>) exited"),
        ("connect to [127.0.0.1]:38032", "connect to [127.0.0.1]:<port>"),
        ("localhost:29500 refused", "localhost:<port> refused"),
        ("pair.cc:534] Connection", "pair.cc:<line>] Connection"),
        ("[W1123 13:04:05.123456 socket.cpp:12] x", "[W socket.cpp:<line>] x"),
        ("-- Process 1 terminated with", "-- Process <n> terminated with"),
        ("shapes (2x5632 and 2816x1280)", "shapes (2x5632 and 2816x1280)"),
        ("Target 5 is out of bounds", "Target 5 is out of bounds"),
        ("torch.Size([51, 30]), version 2.13.0", "torch.Size([51, 30]), version 2.13.0"),
        ("trailing blanks   ", "trailing blanks"),
    ],
)
def test_line(text: str, expected: str) -> None:
    """Each kind of noise has its stand-in, and nothing else changes."""
    assert [expected] == normalise.lines(text, 10)


def test_long_output_keeps_both_ends() -> None:
    """Beyond the limit the middle goes, with a mark in its place."""
    text = "\n".join(str(n) for n in range(100))

    assert ["0", "1", "…", "98", "99"] == normalise.lines(text, 4)


def test_normalising_twice_changes_nothing() -> None:
    """A normalised line is its own normal form."""
    once = normalise.lines("at 0x7f3a5c21e0d0 (pid 12) 127.0.0.1:80 a.cpp:3", 10)

    assert once == normalise.lines("\n".join(once), 10)
