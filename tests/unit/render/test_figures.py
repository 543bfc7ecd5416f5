"""Every figure on a page is counted from the evidence."""

from __future__ import annotations

from typing import Any

import pytest
from small_house import environment, house, observe

from provenfix.claims import Requires, Surroundings
from provenfix.labels import labels
from provenfix.records import Store
from provenfix.render import figures
from provenfix.standing import ClaimStanding, Standing, stand

EN, ZH = labels("en"), labels("zh")


def _standing(*versions: str) -> tuple[Standing, list[str]]:
    found = [environment(version) for version in versions]
    store = Store(environments={e.name: e for e in found}, records={})
    return stand(house(), store), [e.name for e in found]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ([0], "1.13.1"),
        ([0, 2], "1.13.1, 2.6.0"),
        ([0, 1, 2, 3, 4], "1.13.1–2.15.0"),
        ([0, 1, 2, 3], "1.13.1–2.13.0"),
        ([0, 1, 3, 4], "1.13.1, 2.1.2, 2.13.0, 2.15.0"),
    ],
)
def test_versions(named: list[int], expected: str) -> None:
    """Few versions are listed, many are a range, and a range never spans one that is not named."""
    standing, names = _standing("1.13.1", "2.1.2", "2.6.0", "2.13.0", "2.15.0")

    assert expected == figures.versions(standing, [names[i] for i in named], names, EN)


def _claim(name: str) -> tuple[ClaimStanding, Standing]:
    the_house = house()
    standing = stand(the_house, observe(the_house))
    return standing.entries["backward-twice"].claims[name], standing


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fix_sum_losses", "in 2 of 2 environments, PyTorch 2.6.0, 2.13.0"),
        ("fix_recompute", "in 1 of 1 environments, PyTorch 2.13.0"),
    ],
)
def test_proven_counts_tested_environments_only(name: str, expected: str) -> None:
    """An environment without a run of the claim counts neither for nor against it."""
    claim, standing = _claim(name)

    assert expected == figures.proven(claim, standing, EN)


def test_measured() -> None:
    """A cost is the figure that the runs printed, and nothing where none was measured."""
    costly, _ = _claim("nofix_every_step")
    free, _ = _claim("nofix_detach")

    assert "4 times the steps" == figures.measured(costly, EN)
    assert "" == figures.measured(free, EN)


def test_measured_range() -> None:
    """Different figures in different environments are given as a range."""
    claim, _ = _claim("nofix_every_step")
    first, *_ = claim.proven_in
    cell = claim.runs[first].cell
    assert cell is not None
    cell.measures["steps_ratio"] = 3.456

    assert "步数为 3.46–4 倍" == figures.measured(claim, ZH)


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ({}, ""),
        ({"torch": ">=2.0"}, "needs PyTorch >=2.0"),
        ({"capabilities": ["cuda"], "numpy": "<2"}, "needs an NVIDIA GPU, NumPy <2"),
    ],
)
def test_needs(requires: dict[str, Any], expected: str) -> None:
    """Requirements are said in the reader's words."""
    assert expected == figures.needs(Requires.model_validate(requires), EN)


def test_command_quotes_for_the_shell() -> None:
    """A value with blanks can be pasted into a shell."""
    around = Surroundings(env={"A_B": "1", "C": "x; rm -rf ~"})

    assert "A_B=1 C='x; rm -rf ~' python repro.py" == figures.command(around, "repro")


def test_command_says_everything_that_is_changed() -> None:
    """Packages are installed, /dev/shm is resized, and the program is started by the command."""
    around = Surroundings(
        packages={"numpy": "<2", "pillow": "==12.0"},
        shm_mb=64,
        command="torchrun --nproc-per-node 2 {script}",
        env={"A": "1"},
    )

    assert [
        "pip install 'numpy<2' pillow==12.0",
        "mount -o remount,size=64M /dev/shm",
        "A=1 torchrun --nproc-per-node 2 fix_x.py",
    ] == figures.command(around, "fix_x").splitlines()
    assert "" == figures.command(None, "repro")
