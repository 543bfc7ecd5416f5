"""Bad input: the whole message, all problems at once, exit status 1, no file changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from provenfix.cache import FOLDER

from .conftest import Provenfix

ENTRY = "entries/empty-mean"
SCHEMA = "\n  tip: provenfix schema prints every key and what it may hold"
Spoil = Callable[[Path], object]


def _edit(name: str, before: str, after: str) -> Spoil:
    def spoil(root: Path) -> None:
        path = root / ENTRY / name
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")

    return spoil


def _twin(root: Path) -> None:
    """A second entry with the signature of the first."""
    shutil.copytree(root / ENTRY, root / "entries" / "mean-of-nothing")


PATTERN = "'cannot take the mean of nothing'"
CASES: dict[str, tuple[Spoil, str]] = {
    "broken YAML": (
        _edit("entry.yaml", "group: sums", "group: [sums"),
        f"{ENTRY}/entry.yaml:2:11: must be well-formed YAML (got: while parsing a flow sequence "
        "did not find expected ',' or ']')",
    ),
    "duplicate key": (
        _edit("entry.yaml", "claims:\n", "group: twice\nclaims:\n"),
        f"{ENTRY}/entry.yaml:4:1: must not repeat the key 'group' (the first stands in line 1)",
    ),
    "unknown key": (
        _edit("entry.yaml", "group: sums\n", "group: sums\nstatus: verified\n"),
        f"{ENTRY}/entry.yaml:2:9: must not have the key 'status'{SCHEMA}",
    ),
    "unquoted version": (
        _edit("entry.yaml", "{claim: silent}", "{claim: silent, requires: {torch: 2.10}}"),
        f"{ENTRY}/entry.yaml:8:49: claims.nofix_zero.requires.torch must be a string "
        "(got 2.10, which YAML reads as 2.1)\n  tip: put it in quotes",
    ),
    "missing language": (
        lambda root: (root / ENTRY / "zh.yaml").unlink(),
        f"{ENTRY}/zh.yaml:1:1: must exist\n  tip: provenfix new empty-mean",
    ),
    "missing script": (
        lambda root: (root / ENTRY / "fix_guard.py").unlink(),
        f"{ENTRY}/entry.yaml:6:14: must have a script fix_guard.py beside it",
    ),
    "unused script": (
        lambda root: (root / ENTRY / "fix_more.py").write_text("assert str(1)\n", "utf-8"),
        f"{ENTRY}/fix_more.py:1:1: must be used by a claim\n"
        f"  tip: name it under claims in {ENTRY}/entry.yaml, or remove it",
    ),
    "dot in a slug": (
        lambda root: (root / ENTRY).rename(root / "entries" / "empty.mean"),
        "entries/empty.mean:1:1: a slug must be lower-case words joined by single hyphens, "
        "at most 60 characters (got 'empty.mean')",
    ),
    "two entries with one signature": (
        _twin,
        "entries/mean-of-nothing/entry.yaml:3:5: a signature must belong to one entry "
        "(got one of empty-mean)",
    ),
    "pattern that backtracks without end": (
        _edit("entry.yaml", PATTERN, "'cannot take (\\w+)+ mean of nothing'"),
        f"{ENTRY}/entry.yaml:3:40: a pattern must not hold a repeat inside a repeat "
        "(got 'cannot take (\\\\w+)+ mean of nothing')",
    ),
    "script that is not UTF-8": (
        lambda root: (root / ENTRY / "fix_guard.py").write_bytes(b"x = 1\ny = '\xff'\n"),
        f"{ENTRY}/fix_guard.py:2:1: a script must be UTF-8 (got byte 0xff)",
    ),
}


def _files(root: Path) -> dict[str, bytes]:
    every = {str(path): path for path in root.rglob("*") if path.is_file()}
    cache = str(root / FOLDER)
    return {name: path.read_bytes() for name, path in every.items() if not name.startswith(cache)}


@pytest.mark.parametrize("name", CASES)
def test_bad_entry(provenfix: Provenfix, repository: Path, name: str) -> None:
    """Each mistake gives just its own message."""
    spoil, expected = CASES[name]
    spoil(repository)
    before = _files(repository)
    ran = provenfix("check")

    assert (1, "", f"{expected}\nproblems: 1\n") == (ran.returncode, ran.stdout, ran.stderr)
    assert before == _files(repository)


RERUN = "\n  tip: evidence is written by the runner alone: provenfix run empty-mean --record"


def _truncate(text: str) -> str:
    return text[: text.index('"inputs"') + 4]


def _protocol(text: str) -> str:
    return text.replace('"protocol": 1', '"protocol": 99')


def _unknown_claim(text: str) -> str:
    from provenfix import digest

    record = json.loads(text)
    record["cells"]["fix_gone"] = record["cells"].pop("fix_guard")
    content = {key: record[key] for key in record if key != "seal"}
    sealed = {**content, "seal": digest.of_json(content)}
    return json.dumps(sealed, indent=1, sort_keys=True)


EVIDENCE: dict[str, tuple[Callable[[str], str], str]] = {
    "truncated": (
        _truncate,
        "{path}:16:4: must be a whole JSON file (got: Unterminated string starting at)" + RERUN,
    ),
    "unknown protocol": (
        _protocol,
        "{path}:{protocol}:14: protocol must be 1 (got 99)" + RERUN,
    ),
    "unknown claim": (
        _unknown_claim,
        "{path}:{claim}:15: must name claims of empty-mean only (got 'fix_gone')" + RERUN,
    ),
}


@pytest.mark.parametrize("name", EVIDENCE)
def test_bad_evidence(provenfix: Provenfix, repository: Path, recorded: Path, name: str) -> None:
    """A record that is broken, of another protocol or of another claim is named with its place."""
    spoil, expected = EVIDENCE[name]
    text = spoil(recorded.read_text("utf-8"))
    recorded.write_text(text, "utf-8")
    lines = text.splitlines()
    place = {
        "path": recorded.relative_to(repository).as_posix(),
        "protocol": next((n for n, line in enumerate(lines, 1) if '"protocol"' in line), 0),
        "claim": next((n for n, line in enumerate(lines, 1) if '"fix_gone"' in line), 0),
    }
    before = _files(repository)
    ran = provenfix("check")

    assert (1, f"{expected.format(**place)}\nproblems: 1\n") == (ran.returncode, ran.stderr)
    assert before == _files(repository)


def test_everything_wrong_at_once(provenfix: Provenfix, repository: Path, recorded: Path) -> None:
    """All mistakes of different files come in one run, sorted by place, and nothing is written."""
    spoilers = ["unknown key", "missing language", "script that is not UTF-8", "unused script"]
    for name in spoilers:
        CASES[name][0](repository)
    recorded.write_text(_truncate(recorded.read_text("utf-8")), "utf-8")
    before = _files(repository)
    ran = provenfix("check")
    path = recorded.relative_to(repository).as_posix()
    messages = [
        CASES[n][1] for n in ("unknown key", "script that is not UTF-8", "missing language")
    ]

    assert 1 == ran.returncode
    assert [*messages, EVIDENCE["truncated"][1].format(path=path), "problems: 4", ""] == (
        _paragraphs(ran.stderr)
    )
    assert before == _files(repository)


def _paragraphs(text: str) -> list[str]:
    """The lines of a text, each tip joined to the problem above it."""
    return text.replace("\n  tip", "\0").replace("\n", "\1").replace("\0", "\n  tip").split("\1")


def test_every_command_stops_at_bad_input(provenfix: Provenfix, repository: Path) -> None:
    """No command works on input with problems, and none shows a traceback."""
    CASES["duplicate key"][0](repository)
    before = _files(repository)
    for command in (["status"], ["render"], ["run"], ["explain"], ["match"], ["translate"]):
        ran = provenfix(*command, stdin="RuntimeError: x")

        assert 1 == ran.returncode, command
        assert CASES["duplicate key"][1] in ran.stderr
        assert "Traceback" not in ran.stderr
    assert before == _files(repository)
