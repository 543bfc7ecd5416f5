"""What a run or a machine names goes; what an error says stays."""

from __future__ import annotations

import pytest

from provenfix.runner.normalise import Places

PLACES = Places(
    folder="/tmp/cell",
    paths=(
        ("/home/ann/venv/lib/python3.11/site-packages", "<site-packages>"),
        ("/usr/lib/python3.11", "<python>"),
        ("/home/ann/venv", "<prefix>"),
        ("/home/ann", "<home>"),
    ),
    words=(("cellhost", "<host>"), ("ann", "<user>")),
)
CHANGED = {
    'File "/tmp/cell/repro.py", line 3': 'File "repro.py", line 3',
    'File "/home/ann/venv/lib/python3.11/site-packages/torch/x.py", line 7': (
        'File "<site-packages>/torch/x.py", line 7'
    ),
    'File "/usr/lib/python3.11/socket.py"': 'File "<python>/socket.py"',
    "/home/ann/venv/bin/torchrun": "<prefix>/bin/torchrun",
    "/home/ann/data of ann": "<home>/data of <user>",
    "\x1b[31mred\x1b[0m": "red",
    "<object at 0x7f3a5c21e0d0>": "<object at 0x…>",
    "DataLoader worker (pid 4711) is killed": "DataLoader worker (pid <pid>) is killed",
    "worker (pid(s) 12, 13) exited": "worker (pid(s) <pid>) exited",
    "local_rank: 0 (pid: 5) of binary": "local_rank: 0 (pid: <pid>) of binary",
    "object </torch_29919_2396364032_0>": "object </torch_<pid>>",
    "/tmp/pymp-ab_1cd2z/listener": "/tmp/pymp-<tmp>/listener",
    "/tmp/torchelastic_ab_1cd2z/c7862ba5-58ff-4519-aaab-df3e5bc776da_h15bpgg8/attempt_0/0/e": (
        "/tmp/torchelastic_<tmp>/<run>/attempt_0/0/e"
    ),
    "Caused by: if x:  # mp/cell/repro.py:15 in forward (_dynamo/variables/tensor.py:26)": (
        "Caused by: if x:  # repro.py:15 in forward (_dynamo/variables/tensor.py:26)"
    ),
    "connect to [127.0.0.1]:38032": "connect to [127.0.0.1]:<port>",
    "[cellhost]:29500": "[<host>]:<port>",
    "localhost:29500 refused": "localhost:<port> refused",
    "port: 29500, useIpv6: false": "port: <port>, useIpv6: false",
    "pair.cc:534] Connection": "pair.cc:<line>] Connection",
    'at "../aten/x.cpp":12, please': 'at "../aten/x.cpp":<line>, please',
    "[W1123 13:04:05.123456789 socket.cpp:12] x": "[W socket.cpp:<line>] x",
    "E0715 15:31:10.104000 140123 torch/x.py:869] x": "E torch/x.py:869] x",
    "[rank1]:[E1123 13:04:05.123 x.cpp:1] y": "[rank<rank>]:[E x.cpp:<line>] y",
    "at 2026-11-23 13:04:05,123": "at <time>",
    "-- Process 1 terminated with": "-- Process <rank> terminated with",
    "[rank1]: failed, rank 2": "[rank<rank>]: failed, rank <rank>",
    "trailing blanks \t \r": "trailing blanks",
}
KEPT = (
    "mat1 and mat2 shapes cannot be multiplied (16x8192 and 2048x10)",
    "Target 5 is out of bounds.",
    "torch.Size([51, 30]), version 2.13.0",
    "           ~~~~~~~~^~~~~~~~~~~~~",
    "Caught RuntimeError in DataLoader worker process 0.",
    "slices 1:2, 10:20, time 3:00",
    "Process SpawnProcess-1:",
    "annotations of channels",
    "0x1F as a byte",
    "x = 1  # see docs/notes.py:3 in the manual",
)


@pytest.mark.parametrize(("line", "expected"), CHANGED.items())
def test_changed(line: str, expected: str) -> None:
    """The line loses what would differ the next time."""
    assert [expected] == PLACES.lines(line)


@pytest.mark.parametrize("line", KEPT)
def test_kept(line: str) -> None:
    """The line means something as it is."""
    assert [line] == PLACES.lines(line)


@pytest.mark.parametrize("line", [*CHANGED, *KEPT])
def test_once_is_enough(line: str) -> None:
    """A normalised line is its own normal form."""
    once = PLACES.lines(line)

    assert once == PLACES.lines("\n".join(once))


def test_instruction_sets() -> None:
    """Of the classes of instruction sets, how many a processor has does not show."""
    place = '  File "<site-packages>/torch/_inductor/cpu_vec_isa.py", line '
    parent = f"{place}380, in __bool__\n    if super().__bool__():\n       ^^^^^^^^^^^^^^^^^^\n"
    rest = f"{place}211, in __bool__\n    return self.__bool__impl(config.cpp.vec_isa_ok)"

    assert PLACES.lines(rest) == PLACES.lines(parent + rest) == PLACES.lines(parent * 2 + rest)
    assert rest == "\n".join(PLACES.lines(rest))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("\n\n", []), ("a\n\nb\n\n", ["a", "", "b"]), ("a\r\nb", ["a", "b"])],
)
def test_lines(text: str, expected: list[str]) -> None:
    """Empty lines stay between others and go at the end."""
    assert expected == PLACES.lines(text)
