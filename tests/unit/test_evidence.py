"""Records on disk: whole, sealed, unchanged where nothing changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from provenfix import evidence, files
from provenfix.model import PROTOCOL
from provenfix.records import Cell, Environment, Outcome, Record

HERE = Environment(
    device="cpu",
    python="3.11.7",
    torch="2.13.0",
    build="cpu",
    numpy="2.4.6",
    setuptools=None,
    system="Linux x86_64",
    capabilities=("fork",),
    gpu=None,
)
CELL = Cell(inputs="a" * 64, outcome=Outcome.PASSED, asserts=1)


def _record(**cells: Cell) -> Record:
    return Record(entry="one", environment=HERE.name, protocol=PROTOCOL, cells=cells)


def _path(root: Path) -> Path:
    return root / "evidence" / "one" / f"{HERE.name}.json"


def test_written_record_is_read_back(tmp_path: Path) -> None:
    """What was observed comes back as it was, with its environment."""
    record = _record(repro=CELL.model_copy(update={"message": ("a: 中", "b")}))

    assert evidence.write(tmp_path, record, HERE)

    store, problems = evidence.read(tmp_path, {"one": ["repro"]})

    assert [] == problems
    assert record == store.record("one", HERE.name)
    assert {HERE.name: HERE} == store.environments


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    """The same observation leaves the file alone."""
    evidence.write(tmp_path, _record(repro=CELL), HERE)
    before = _path(tmp_path).stat().st_mtime_ns

    assert not evidence.write(tmp_path, _record(repro=CELL), HERE)
    assert before == _path(tmp_path).stat().st_mtime_ns


def test_file_has_one_value_a_line_and_sorted_keys(tmp_path: Path) -> None:
    """Records make readable diffs: sorted keys, nothing packed."""
    evidence.write(tmp_path, _record(zeta=CELL, alpha=CELL), HERE)
    text = _path(tmp_path).read_text("utf-8")
    pairs = json.loads(text, object_pairs_hook=lambda items: [key for key, _ in items])

    assert sorted(pairs) == pairs
    assert max(line.count(":") for line in text.splitlines()) == 1


@pytest.mark.parametrize(
    ("measured", "kept"), [(2.1, True), (3.9, True), (4.1, False), (0.9, False)]
)
def test_measures_within_a_factor_of_two_agree(tmp_path: Path, measured: float, kept: bool) -> None:
    """A cost measured again changes the record only if it differs by more than a factor 2."""
    first = CELL.model_copy(update={"measures": {"seconds_ratio": 2.0}, "stdout": ("2.0",)})
    again = first.model_copy(update={"measures": {"seconds_ratio": measured}, "stdout": ("x",)})
    evidence.write(tmp_path, _record(fix=first), HERE)

    assert kept is not evidence.write(tmp_path, _record(fix=again), HERE)


@pytest.mark.parametrize(
    "change",
    [{"outcome": Outcome.RAISED}, {"asserts": 2}, {"stdout": ("x",)}, {"inputs": "b" * 64}],
)
def test_any_other_difference_is_one(change: dict[str, object]) -> None:
    """Cells agree only if they say the same of everything but measured costs."""
    assert not CELL.agrees(CELL.model_copy(update=change))


def test_environment_is_named_by_its_content() -> None:
    """Another package version is another environment with a name of its own."""
    other = HERE.model_copy(update={"setuptools": "84.2.1"})

    assert HERE.name.startswith("cpu-py311-torch2.13.0-cpu-")
    assert HERE.name != other.name
    assert HERE.column == other.column == "cpu-torch-2.13.0"


def test_renamed_environment_file_is_found(tmp_path: Path) -> None:
    """An environment file whose name is not the hash of its content is a problem."""
    evidence.write(tmp_path, _record(repro=CELL), HERE)
    folder = tmp_path / "evidence" / "environments"
    (folder / f"{HERE.name}.json").rename(folder / "cpu-other.json")
    _, problems = evidence.read(tmp_path)

    assert "the file's name must end in the hash of its content" in problems[0].message
    assert "environment must have a file in evidence/environments/" in problems[1].message


def test_record_in_the_wrong_folder_is_found(tmp_path: Path) -> None:
    """A record that was copied to another entry speaks of its own."""
    evidence.write(tmp_path, _record(repro=CELL), HERE)
    other = tmp_path / "evidence" / "two" / _path(tmp_path).name
    other.parent.mkdir()
    other.write_bytes(_path(tmp_path).read_bytes())
    _, problems = evidence.read(tmp_path)

    assert ["entry must be 'two' (got 'one')"] == [problem.message for problem in problems]


def test_replacing_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If writing fails, the old file stands and no temporary file stays."""
    path = tmp_path / "file"
    path.write_text("old", "utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.replace(path, "new")

    assert ["file"] == [p.name for p in tmp_path.iterdir()]
    assert "old" == path.read_text("utf-8")
