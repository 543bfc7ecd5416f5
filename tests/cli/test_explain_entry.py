"""`provenfix explain` with the name of an entry, and with a file that is not there."""

from __future__ import annotations

import pytest

from .conftest import SUMMARY, TITLE, Provenfix


@pytest.mark.usefixtures("recorded")
def test_entry_by_its_name(provenfix: Provenfix) -> None:
    """The name prints what the entry's traceback prints."""
    named = provenfix("explain", "empty-mean")
    pasted = provenfix("explain", stdin="RuntimeError: cannot take the mean of nothing")

    assert (0, pasted.stdout, "") == (named.returncode, named.stdout, named.stderr)
    assert [TITLE, SUMMARY] == named.stdout.splitlines()[:2]


@pytest.mark.parametrize(
    ("language", "must"), [("en", "must be a file"), ("zh", "必须是可以读取的文件")]
)
def test_no_such_file(provenfix: Provenfix, language: str, must: str) -> None:
    """What is neither a file nor an entry is named, with status 1."""
    ran = provenfix("--lang", language, "explain", "nowhere.txt")

    assert (1, "") == (ran.returncode, ran.stdout)
    assert ran.stderr.startswith(f"nowhere.txt:1:1: {must}")
