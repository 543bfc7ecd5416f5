"""Running for real through the command line: recording, staleness, tampering, killing."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import fake_uv
import pytest

from provenfix import digest

from .conftest import Provenfix


def _status(provenfix: Provenfix) -> Any:
    return json.loads(provenfix("status", "--json").stdout)


def _snapshot(root: Path) -> dict[str, str]:
    files = [path for path in root.rglob("*") if path.is_file()]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.mark.usefixtures("recorded")
def test_recorded_entry_is_published(provenfix: Provenfix) -> None:
    """After one run all four claims are verified, and nothing is withheld."""
    status = _status(provenfix)

    assert ["empty-mean"] == status["published"]
    assert ({"verified": 4}, {}, []) == (status["claims"], status["waiting"], status["withheld"])
    assert (1, 1) == (status["entries"], len(status["environments"]))


def test_running_again_changes_no_file(
    provenfix: Provenfix, repository: Path, recorded: Path
) -> None:
    """A second run of the same content leaves every evidence file as it is."""
    before = _snapshot(repository)
    ran = provenfix("run", "--record")

    assert "0 evidence files changed" in ran.stdout
    assert before == _snapshot(repository)


def test_one_byte_of_a_fix_makes_it_stale(
    provenfix: Provenfix, repository: Path, recorded: Path
) -> None:
    """A changed fix is withheld as stale; running what is stale proves it again."""
    path = repository / "entries" / "empty-mean" / "fix_guard.py"
    path.write_text(path.read_text("utf-8") + "#", "utf-8")
    status = _status(provenfix)

    assert {"stale": 1, "verified": 3} == status["claims"]
    assert [("empty-mean", "fix_guard", "its evidence is of an older content")] == [
        (w["entry"], w["claim"], w["reason"]) for w in status["withheld"]
    ]

    ran = provenfix("run", "--todo", "--record")

    assert "2 cells of 1 entries run" in ran.stdout
    assert {"verified": 4} == _status(provenfix)["claims"]


@pytest.mark.usefixtures("recorded")
def test_prose_keeps_evidence(provenfix: Provenfix, repository: Path) -> None:
    """Words are not part of what a run depends on."""
    path = repository / "entries" / "empty-mean" / "en.yaml"
    path.write_text(path.read_text("utf-8").replace("Totals of", "Sums of"), "utf-8")

    assert {"verified": 4} == _status(provenfix)["claims"]


@pytest.mark.usefixtures("recorded")
def test_swallowing_fix_is_refuted(provenfix: Provenfix, repository: Path) -> None:
    """A fix that only catches the exception is refuted, even if it asserts something else."""
    path = repository / "entries" / "empty-mean" / "fix_guard.py"
    repro = (repository / "entries" / "empty-mean" / "repro.py").read_text("utf-8")
    swallowed = repro.replace(
        "print(mean([]))",
        "try:\n    mean([])\nexcept RuntimeError:\n    pass\nassert callable(mean)\n",
    )
    path.write_text(swallowed, "utf-8")
    ran = provenfix("run", "--record")
    status = _status(provenfix)

    assert 1 == ran.returncode
    assert "entries/empty-mean/fix_guard.py:1:1: must hold as claimed: fix" in ran.stderr
    assert {"refuted": 1, "verified": 3} == status["claims"]
    assert ["fix_guard"] == [w["claim"] for w in status["withheld"]]


@pytest.mark.usefixtures("recorded")
def test_fix_beside_a_silent_repro_is_never_verified(
    provenfix: Provenfix, repository: Path
) -> None:
    """Where the repro does not raise, nothing is verified and the entry is not published."""
    path = repository / "entries" / "empty-mean" / "repro.py"
    path.write_text("print('fine')\n", "utf-8")
    provenfix("run", "--record")
    status = _status(provenfix)

    assert [] == status["published"]
    assert "verified" not in status["claims"]
    assert 2 == status["claims"]["runs"] - 1
    assert (
        "the repro raised the error in no recorded environment" == status["waiting"]["empty-mean"]
    )


def test_compare_agrees_with_an_honest_record(provenfix: Provenfix, recorded: Path) -> None:
    """Running again gives what is recorded."""
    assert 0 == provenfix("run", "--compare").returncode


@pytest.mark.parametrize(
    ("field", "value"),
    [("outcome", "passed"), ("message", ["cannot take the mean of anything"]), ("asserts", 7)],
)
def test_tampering_is_found(
    provenfix: Provenfix, recorded: Path, field: str, value: object
) -> None:
    """An edited record breaks its seal; with the seal mended too, running again gives it away."""
    record = json.loads(recorded.read_text("utf-8"))
    record["cells"]["nofix_retry"][field] = value
    recorded.write_text(json.dumps(record), "utf-8")
    edited = provenfix("check")

    assert 1 == edited.returncode
    assert "seal must be the digest of the record" in edited.stderr

    content = {key: record[key] for key in record if key != "seal"}
    recorded.write_text(json.dumps({**content, "seal": digest.of_json(content)}), "utf-8")

    compared = provenfix("run", "--compare")

    assert 1 == compared.returncode
    assert f"nofix_retry.{field} must be what a run gives" in compared.stderr


FLAKY = """\
import os

values = []
result = sum(values) / len(values) if values else None
assert result is None
print(os.urandom(8).hex())
"""


def test_flake_is_found_and_withheld(
    provenfix: Provenfix, repository: Path, tmp_path: Path
) -> None:
    """A fix that does something else each time holds once, is flaky in three runs, and stays so."""
    python = str(fake_uv.make(tmp_path / "quick"))
    (repository / "entries" / "empty-mean" / "fix_guard.py").write_text(FLAKY, "utf-8")
    once = provenfix("run", "--record", "--python", python)
    thrice = provenfix("run", "--record", "--times", "3", "--python", python)
    (path,) = (repository / "evidence" / "empty-mean").iterdir()
    cells = json.loads(path.read_text("utf-8"))["cells"]
    status = _status(provenfix)

    assert (0, 1) == (once.returncode, thrice.returncode)
    assert "entries/empty-mean/fix_guard.py:1:1: must hold as claimed: fix" in thrice.stderr
    assert "~ fix_guard" in thrice.stdout
    assert {"fix_guard": (3, 2), "fix_default": (3, 0)} == {
        name: (cells[name]["runs"], cells[name]["differing"])
        for name in ("fix_guard", "fix_default")
    }
    assert ({"flaky": 1, "verified": 3}, ["empty-mean"]) == (status["claims"], status["published"])
    assert [
        {
            "entry": "empty-mean",
            "claim": "fix_guard",
            "reason": f"it did not do the same in each run in {path.stem} (1/3)",
        }
    ] == status["withheld"]

    again = provenfix("run", "--record", "--python", python)

    assert (0, cells) == (again.returncode, json.loads(path.read_text("utf-8"))["cells"])


def test_explain_prints_the_proven_fix(provenfix: Provenfix, recorded: Path) -> None:
    """A pasted traceback gives the title, the fix with its figures and diff, and the dead ends."""
    ran = provenfix("explain", stdin="RuntimeError: cannot take the mean of nothing")

    assert 0 == ran.returncode
    assert ran.stdout.startswith("Totals of nothing\n")
    assert "verified in 1 of 1 tested environments (PyTorch 2.13.0)" in ran.stdout
    assert "-print(mean([]))" in ran.stdout
    assert "✘ Trying again (same error again)" in ran.stdout


def test_broken_records_are_replaced(provenfix: Provenfix, recorded: Path) -> None:
    """A truncated record is a problem until the runner writes it anew."""
    whole = recorded.read_bytes()
    recorded.write_bytes(whole[:100])

    assert 1 == provenfix("status").returncode
    assert 0 == provenfix("run", "--todo", "--record").returncode
    assert whole == recorded.read_bytes()


def test_killed_at_any_moment(provenfix: Provenfix, repository: Path, recorded: Path) -> None:
    """kill -9 leaves only valid records and no process, and the next --todo finishes the work."""
    whole = _snapshot(repository / "evidence")
    for path in (repository / "evidence").rglob("*.json"):
        path.unlink()
    for seconds in (1.0, 3.0, 3.5, 4.0, 4.5, 5.0):
        process = subprocess.Popen(
            [sys.executable, "-m", "provenfix", "run", "--todo", "--record", "--jobs", "1"],
            cwd=repository,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seconds)
        children = _descendants(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        _wait_until_gone(children)
        ran = provenfix("status", "--json")

        assert 0 == ran.returncode, ran.stderr

    assert 0 == provenfix("run", "--todo", "--record").returncode
    assert whole == _snapshot(repository / "evidence")


def _descendants(process: int) -> set[str]:
    """The processes that a process started, and those that they started, as folders of /proc."""
    found = set[str]()
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text("utf-8").split():
            found |= {f"/proc/{child}"} | _descendants(int(child))
    return found


def _wait_until_gone(folders: set[str], seconds: float = 15.0) -> None:
    """Wait until all these processes have ended; fail if one stays."""
    end = time.monotonic() + seconds
    while left := [folder for folder in folders if Path(folder).exists()]:
        assert time.monotonic() < end, f"processes left behind: {left}"
        time.sleep(0.1)
