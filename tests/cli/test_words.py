"""What the commands say without running anything: help, errors, exit statuses, languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from provenfix.cli.group import COMMANDS

from .conftest import Provenfix


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("language", "word"), [("en", "Examples:"), ("zh", "示例：")])
def test_help_has_examples(provenfix: Provenfix, name: str, language: str, word: str) -> None:
    """Every command explains itself with examples, in both languages."""
    ran = provenfix("--lang", language, name, "--help")

    assert 0 == ran.returncode
    assert f"{word}\n    provenfix {name}" in ran.stdout or name == "explain"
    assert word in ran.stdout


def test_no_repository(provenfix: Provenfix, repository: Path) -> None:
    """Outside a repository the command says so, with status 1 and no traceback."""
    (repository / "environments.yaml").unlink()
    ran = provenfix("status")

    assert 1 == ran.returncode
    assert (
        f"{repository}:1:1: must lie in a provenfix repository (got no entries/ and "
        "environments.yaml here or above)\n  tip: change into a clone of the repository\n"
    ) == ran.stderr


def test_unknown_entry(provenfix: Provenfix) -> None:
    """An unknown slug is named, with the command that makes it."""
    ran = provenfix("check", "not-there")

    assert 1 == ran.returncode
    assert (
        "entries/not-there:1:1: must be a folder of entries/ (got 'not-there')\n"
        "  tip: provenfix new not-there\n"
    ) == ran.stderr


def test_wrong_option_is_usage(provenfix: Provenfix) -> None:
    """A wrong command line has status 2."""
    assert 2 == provenfix("run", "--record", "--compare").returncode
    assert 2 == provenfix("nonsense").returncode


def test_check_is_clean(provenfix: Provenfix) -> None:
    """The small repository has no problem; paths name entries as slugs do."""
    for arguments in ([], ["empty-mean"], ["entries/empty-mean/repro.py"]):
        ran = provenfix("check", *arguments)

        assert (0, "1 entries checked, no problems\n", "") == (
            ran.returncode,
            ran.stdout,
            ran.stderr,
        )


def test_check_prints_all_problems_at_once(provenfix: Provenfix, repository: Path) -> None:
    """Problems of several files come in one run, as JSON where asked, with status 1."""
    folder = repository / "entries" / "empty-mean"
    (folder / "fix_unused.py").write_text("assert str(1)\n", "utf-8")
    (folder / "en.yaml").write_text("title: [", "utf-8")
    text, machine = provenfix("check"), provenfix("check", "--json")
    paths = [problem["path"] for problem in json.loads(machine.stdout)]

    assert (1, 1) == (text.returncode, machine.returncode)
    assert "entries/empty-mean/en.yaml" in paths
    assert "Traceback" not in text.stderr
    assert f"problems: {len(paths)}" in text.stderr


def test_new_writes_six_files_and_refuses_to_do_it_twice(
    provenfix: Provenfix, repository: Path
) -> None:
    """`new` lists what it wrote; a dry run writes nothing; a second run changes nothing."""
    folder = repository / "entries" / "other-error"
    dry = provenfix("new", "other-error", "--dry-run")

    assert (0, False) == (dry.returncode, folder.exists())

    first, second = (provenfix("new", "other-error", "--group", "sums") for _ in range(2))

    assert (0, 1) == (first.returncode, second.returncode)
    assert 6 == len(list(folder.iterdir()))
    assert "entries/other-error:1:1: must not exist yet" in second.stderr


def test_unfilled_entry_is_a_problem(provenfix: Provenfix) -> None:
    """An entry as `new` made it does not pass `check`."""
    provenfix("new", "other-error")
    ran = provenfix("check", "other-error")

    assert 1 == ran.returncode
    assert "entries/other-error/en.yaml:2:8: title must be written (got 'FILL IN" in ran.stderr
    assert "entries/other-error/repro.py:1:1: must be written (got 'FILL IN" in ran.stderr


def test_translate_finds_and_accepts(provenfix: Provenfix, repository: Path) -> None:
    """A changed English field is listed, accepted, and then no longer listed."""
    path = repository / "entries" / "empty-mean" / "en.yaml"
    path.write_text(path.read_text("utf-8").replace("Totals of", "Sums of"), "utf-8")

    assert ["title"] == [s["field"] for s in json.loads(provenfix("translate", "--json").stdout)]
    assert 2 == provenfix("translate", "--accept").returncode
    assert "1 fields marked" in provenfix("translate", "empty-mean", "--accept").stdout
    assert [] == json.loads(provenfix("translate", "--json").stdout)
    assert 0 == provenfix("check").returncode


def test_match_jsonl(provenfix: Provenfix) -> None:
    """Each line of texts gets one line of matches, empty where nothing fits."""
    texts = ["RuntimeError: cannot take the mean of nothing", "ValueError: no"]
    ran = provenfix(
        "match", "--jsonl", stdin="".join(json.dumps({"text": t}) + "\n" for t in texts)
    )

    assert [
        {
            "matches": [{"entry": "empty-mean", "score": 1.0, "line": texts[0]}],
            "wrapper": None,
            "nearest": [],
            "error": texts[0],
        },
        {"matches": [], "wrapper": None, "nearest": [], "error": texts[1]},
    ] == [json.loads(line) for line in ran.stdout.splitlines()]


def test_match_bad_line(provenfix: Provenfix) -> None:
    """A line that is not {"text": ...} is named by its number."""
    ran = provenfix("match", "--jsonl", stdin='{"text": "a"}\n{"txt": 1}\n')

    assert (1, '<input>:2:1: must be {"text": "..."} (got {"txt": 1})\n') == (
        ran.returncode,
        ran.stderr,
    )


def test_explain_unknown(provenfix: Provenfix) -> None:
    """A text that no entry fits ends with status 1 and says what to paste."""
    ran = provenfix("explain", "--lang", "zh", stdin="ValueError: no")

    assert 1 == ran.returncode
    assert ran.stderr.startswith("没有条目与这段文字匹配。")


def test_schema_is_json_schema(provenfix: Provenfix) -> None:
    """`schema` prints what editors read."""
    content = json.loads(provenfix("schema", "entry").stdout)

    assert {"group", "signatures", "claims", "references"} == set(content["required"])
    assert content["additionalProperties"] is False


def test_explain_names_the_nearest(provenfix: Provenfix) -> None:
    """Where nothing fits, the entries that share words are shown as such, with their titles."""
    ran = provenfix("explain", stdin="ValueError: the mean of nothing is not known")

    assert 1 == ran.returncode
    assert ran.stderr.startswith("No entry fits this text.")
    assert "  empty-mean: Totals of nothing" in ran.stderr


def test_explain_wrapper(provenfix: Provenfix) -> None:
    """A wrapper without the error in it is no answer: the reader learns which lines to paste."""
    ran = provenfix(
        "explain", stdin="RuntimeError: Caught RuntimeError in DataLoader worker process 0."
    )

    assert 1 == ran.returncode
    assert ran.stderr.startswith("This text reports that another error happened")
    assert 'tip: paste the lines below "Original Traceback' in ran.stderr
