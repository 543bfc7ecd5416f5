"""Bundles: run on a machine with torch and nothing of ours, taken in whole or not at all."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from provenfix import digest

from .conftest import Provenfix, _provenfix, _write_house

# torch with what it requires (and its optional numpy), and PyYAML.
PACKAGES = (
    "torch",
    "torchgen",
    "functorch",
    "numpy",
    "numpy.libs",
    "sympy",
    "mpmath",
    "networkx",
    "jinja2",
    "markupsafe",
    "filelock",
    "fsspec",
    "typing_extensions.py",
    "setuptools",
    "_distutils_hack",
    "yaml",
    "_yaml",
)
WITH_FACTS = ("torch-", "numpy-", "setuptools-", "pyyaml-")
ABSENT = ("pydantic", "click", "rich", "packaging", "provenfix", "pip")

SECOND = "mean-on-gpu"
SECOND_FILES = {
    "entry.yaml": """\
group: sums
signatures:
  - {exception: RuntimeError, pattern: 'no mean without any numbers'}
claims:
  fix_gpu: {claim: fixes, requires: [cuda]}
  fix_old: {claim: fixes, requires: {torch: "<2"}}
references: [https://example.org/gpu]
""",
    "repro.py": 'raise RuntimeError("no mean without any numbers")\n',
    "fix_gpu.py": "numbers = [1]\nassert numbers\n",
    "fix_old.py": "numbers = [2]\nassert numbers\n",
}
WORDS = {"title": "A title", "text": "A text.", "cost": "A cost."}

RERUN = "run the bundle again: python3 run_bundle.py --out DIR"
ANEW = "write a bundle of the present entries and run that: provenfix bundle DIR"
GPU = {
    "name": "NVIDIA H200",
    "capability": "9.0",
    "driver": "570.1",
    "cuda_runtime": "13.0",
    "count": 1,
}

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A virtual environment that holds torch, what torch requires, PyYAML and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=120)
    ours = Path(sysconfig.get_path("purelib"))
    packages = next(folder.glob("lib/python*/site-packages"))
    described = [path.name for path in ours.glob("*.dist-info") if path.name.startswith(WITH_FACTS)]
    for name in [*PACKAGES, *described]:
        if (ours / name).is_dir():
            shutil.copytree(ours / name, packages / name, copy_function=_link)
        else:
            _link(str(ours / name), str(packages / name))
    return str(folder / "bin" / "python")


def _link(source: str, target: str) -> None:
    """A second name of the same file, as a copy of torch takes long; a copy on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small repository with a second entry, parts of which no machine here can run."""
    root = _write_house(tmp_path_factory.mktemp("bundling") / "house")
    claims = {"fix_gpu": WORDS, "fix_old": WORDS}
    english = {"title": "A title", "summary": "A summary.", "cause": "A cause.", "claims": claims}
    folder = root / "entries" / SECOND
    folder.mkdir()
    for name, text in SECOND_FILES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "en.yaml").write_text(json.dumps(english), "utf-8")
    (folder / "zh.yaml").write_text(json.dumps(_chinese(english)), "utf-8")
    return root


def _chinese(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _chinese(item) for key, item in value.items()}
    return {"of": digest.of_text(value), "text": "一段中文"}


@pytest.fixture(scope="module")
def bundle(house: Path) -> Path:
    """A bundle of that repository, as a folder."""
    path = house.parent / "bundle"
    ran = _provenfix(house, "bundle", str(path))
    assert (0, "") == (ran.returncode, ran.stderr)
    assert f"2 entries bundled in {path}; run there: python3 run_bundle.py --out DIR\n" == (
        ran.stdout
    )
    return path


@pytest.fixture(scope="module")
def observed(bundle: Path, bare: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the bundle writes, run in the bare interpreter."""
    out = tmp_path_factory.mktemp("observed") / "out"
    ran = _run(bundle, bare, "--out", str(out))
    assert (0, "") == (ran.returncode, ran.stderr)
    assert [
        f"[1/2] {'empty-mean':28} repro: raised  fix_default: passed  fix_guard: passed  "
        "nofix_retry: raised  nofix_zero: passed",
        f"[2/2] {SECOND:28} repro: raised  fix_gpu: -  fix_old: passed",
        f"done: {out}",
    ] == ran.stdout.splitlines()
    return out


def _run(bundle: Path, python: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a bundle as on a machine that knows nothing of us."""
    return subprocess.run(
        [python, str(bundle / "run_bundle.py"), *arguments],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture
def repository(house: Path, tmp_path: Path) -> Path:
    """A copy of the repository, without evidence."""
    return shutil.copytree(house, tmp_path / "house")


@pytest.fixture
def brought(observed: Path, tmp_path: Path) -> Path:
    """A copy of what the bundle wrote, beside the repository."""
    return shutil.copytree(observed, tmp_path / "brought")


def _files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


def _content(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def _edit(path: Path, edit: Edit, *, seal: bool) -> None:
    """Change a file as its writer would have written it; with `seal` its seal is right again."""
    content = _content(path)
    edit(content)
    if seal:
        content["seal"] = digest.of_json({k: v for k, v in content.items() if k != "seal"})
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")


def _at(path: Path, *keys: str) -> str:
    """`path:line:column:` of the value under these keys of a file in the folder brought."""
    text, place = path.read_text("utf-8"), 0
    for key in keys:
        name = f'"{key}": '
        place = text.index(name, place) + len(name)
    before = text[:place]
    line, column = before.count("\n") + 1, place - before.rfind("\n")
    return f"../brought/{path.name}:{line}:{column}:"


def _assert_refused(provenfix: Provenfix, repository: Path, *problems: str) -> None:
    """The import says just this, and files nothing."""
    ran = provenfix("evidence", "import", "../brought")

    assert "".join(f"{text}\n" for text in (*problems, f"problems: {len(problems)}")) == ran.stderr
    assert (1, "") == (ran.returncode, ran.stdout)
    assert not (repository / "evidence").exists()


def test_bare_interpreter_has_nothing_of_ours(bare: str) -> None:
    """The interpreter that runs the bundle here can import torch and yaml, and none of ours."""
    names = ("torch", "yaml", *ABSENT)
    program = "import importlib.util, json, sys\n" + (
        "print(json.dumps([n for n in sys.argv[1:] if importlib.util.find_spec(n)]))"
    )
    ran = subprocess.run(
        [bare, "-c", program, *names], capture_output=True, text=True, check=True, timeout=60
    )

    assert ["torch", "yaml"] == json.loads(ran.stdout)
    assert importlib.util.find_spec("pydantic")


def test_import_files_what_a_run_there_records(
    provenfix: Provenfix, repository: Path, house: Path, brought: Path, bare: str, tmp_path: Path
) -> None:
    """What a bundle brings is filed byte for byte as `provenfix run` in its interpreter does."""
    other = shutil.copytree(house, tmp_path / "other")
    ran = _provenfix(other, "run", "--record", "--python", bare)
    taken = provenfix("evidence", "import", "../brought", "--json")
    expected = _files(other / "evidence")

    assert (0, "") == (ran.returncode, ran.stderr)
    assert (0, "") == (taken.returncode, taken.stderr)
    assert 3 == len(expected)
    assert expected == _files(repository / "evidence")
    said = json.loads(taken.stdout)
    (name,) = said["environments"]
    paths = [f"evidence/{slug}/{name}.json" for slug in ("empty-mean", SECOND)]
    assert paths == said["changed"]

    again = provenfix("evidence", "import", "../brought")
    said = f"2 records checked, 0 evidence files changed, environments: {name}\n"

    assert (0, said, "") == (again.returncode, again.stdout, again.stderr)
    assert expected == _files(repository / "evidence")


def test_cells_out_of_range_are_not_applicable(
    provenfix: Provenfix, repository: Path, brought: Path
) -> None:
    """A bundle cannot read version ranges; what it ran outside of them is filed as not run."""
    assert {"repro", "fix_old"} == _content(brought / f"{SECOND}.json")["cells"].keys()
    assert 0 == provenfix("evidence", "import", "../brought").returncode

    (path,) = (repository / "evidence" / SECOND).glob("*.json")
    cells = _content(path)["cells"]

    assert {"repro": None, "fix_gpu": "needs cuda", "fix_old": "needs torch<2"} == {
        name: cell["reason"] for name, cell in cells.items()
    }


def test_zip_is_the_folder(provenfix: Provenfix, bundle: Path, tmp_path: Path) -> None:
    """Two zips of the same entries have the same bytes, and unpack to what the folder holds."""
    for name in ("a.zip", "b.zip", "folder"):
        assert 0 == provenfix("bundle", str(tmp_path / name)).returncode
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(tmp_path / "unpacked")

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert _files(tmp_path / "folder") == _files(tmp_path / "unpacked")


def test_gpu_leaves_cpu_entries_out(provenfix: Provenfix, tmp_path: Path) -> None:
    """`--gpu` bundles the entries with a cell that needs a GPU, and no others."""
    ran = provenfix("bundle", str(tmp_path / "gpu"), "--gpu", "--json")
    plan = _content(tmp_path / "gpu" / "plan.json")

    assert {"path": str(tmp_path / "gpu"), "entries": 1} == json.loads(ran.stdout)
    assert [SECOND] == [entry["entry"] for entry in plan["entries"]]


def test_bundle_holds_no_third_party_code(bundle: Path) -> None:
    """A bundle is its program, the plan, and those of our modules that need only Python."""
    names = _files(bundle).keys() - {n for n in _files(bundle) if "__pycache__" in n}
    others = {name for name in names if not name.startswith("provenfix/runner/")}

    assert {"run_bundle.py", "plan.json", "provenfix/__init__.py", "provenfix/digest.py"} == others


def test_place_that_cannot_be_written(provenfix: Provenfix, tmp_path: Path) -> None:
    """A bundle below a file is refused with the place and a tip."""
    (tmp_path / "file").write_text("", "utf-8")
    ran = provenfix("bundle", str(tmp_path / "file" / "bundle"))
    problem = "must be a place that can be written to (got: Not a directory)"
    tip = "  tip: choose another one"

    assert f"{tmp_path}/file/bundle:1:1: {problem}\n{tip}\n" == ran.stderr
    assert 1 == ran.returncode


def test_interrupted_run_goes_on(bundle: Path, bare: str, observed: Path, brought: Path) -> None:
    """What is missing or broken is run again, and what is known stays as it is."""

    def interrupt(content: dict[str, Any]) -> None:
        del content["cells"]["fix_guard"]
        content["cells"]["nofix_zero"]["answers"][0]["stdout"] = ["seen in the first run only"]

    _edit(brought / "empty-mean.json", interrupt, seal=True)
    second = brought / f"{SECOND}.json"
    second.write_bytes(second.read_bytes()[:200])
    ran = _run(bundle, bare, "--out", str(brought))
    whole, now = _content(observed / "empty-mean.json"), _content(brought / "empty-mean.json")
    answers = [now["cells"].pop("nofix_zero")["answers"], whole["cells"].pop("nofix_zero")]

    assert (0, "") == (ran.returncode, ran.stderr)
    assert ["seen in the first run only"] == answers[0][0]["stdout"]
    assert whole["cells"] == now["cells"]
    assert (observed / second.name).read_bytes() == second.read_bytes()


def test_edited_file_is_run_again(bundle: Path, bare: str, observed: Path, brought: Path) -> None:
    """A run does not go on from a file that was edited, which would seal it."""
    path = brought / f"{SECOND}.json"
    _edit(path, _answer("repro", outcome="passed"), seal=False)
    ran = _run(bundle, bare, "--out", str(brought), "--only", SECOND)

    assert (0, "") == (ran.returncode, ran.stderr)
    assert (observed / path.name).read_bytes() == path.read_bytes()


def test_only_and_times(bundle: Path, bare: str, tmp_path: Path) -> None:
    """`--only` runs one entry, and `--times 2` each of its cells twice."""
    out = tmp_path / "out"
    ran = _run(bundle, bare, "--out", str(out), "--only", SECOND, "--times", "2")
    cells = _content(out / f"{SECOND}.json")["cells"]

    assert (0, "") == (ran.returncode, ran.stderr)
    assert [f"{SECOND}.json"] == sorted(_files(out))
    assert {"repro": 2, "fix_old": 2} == {n: len(cell["answers"]) for n, cell in cells.items()}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--times", "0"), "argument --times: invalid _times value: '0'"),
        (
            ("--only", "nothing"),
            "argument --only: invalid choice: 'nothing' (choose from 'empty-mean', 'mean-on-gpu')",
        ),
    ],
    ids=["times", "only"],
)
def test_wrong_options(
    bundle: Path, bare: str, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    """A wrong option is refused before anything is run or written."""
    ran = _run(bundle, bare, "--out", str(tmp_path / "out"), *arguments)

    assert 2 == ran.returncode
    assert f"run_bundle.py: error: {message}" == ran.stderr.splitlines()[-1]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [("--lang", "zh"), ("--lang=zh",)], ids=["two", "one"])
def test_help_in_chinese(bundle: Path, bare: str, arguments: tuple[str, ...]) -> None:
    """`--lang zh` explains the program in Chinese."""
    ran = _run(bundle, bare, *arguments, "--help")
    words = _content(bundle / "plan.json")["words"]["zh"]

    assert (0, "") == (ran.returncode, ran.stderr)
    assert words["help"].split("。")[0] in ran.stdout
    assert words["times"] in ran.stdout


def test_interpreter_without_torch(bundle: Path, tmp_path: Path) -> None:
    """An interpreter without torch is refused with its path, the reason and a tip."""
    python = Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    subprocess.run([python, "-m", "venv", "--without-pip", tmp_path / "v"], check=True, timeout=120)
    plain = str(tmp_path / "v" / "bin" / "python")
    ran = _run(bundle, plain, "--out", str(tmp_path / "out"))
    problem = "must be an interpreter that can import torch"
    reason = "ModuleNotFoundError: No module named 'torch'"
    tip = "  tip: run this file with that interpreter"

    assert f"{plain}:1:1: {problem} (got: {reason})\n{tip}\n" == ran.stderr
    assert (1, "") == (ran.returncode, ran.stdout)


def _answer(cell: str, **changes: Any) -> Edit:
    """Change what the runner is said to have answered."""

    def edit(content: dict[str, Any]) -> None:
        content["cells"][cell]["answers"][0].update(changes)

    return edit


def _facts(**changes: Any) -> Edit:
    """Change the facts of the environment."""
    return lambda content: content["facts"].update(changes)


def _top(**changes: Any) -> Edit:
    return lambda content: content.update(changes)


def _rename(content: dict[str, Any]) -> None:
    content["cells"]["fix_magic"] = content["cells"].pop("fix_guard")


def _forget_answers(content: dict[str, Any]) -> None:
    content["cells"]["fix_guard"]["answers"] = []


def _forget_outcome(content: dict[str, Any]) -> None:
    del content["cells"]["fix_guard"]["answers"][0]["outcome"]


OWN = "must have died of the entry's own error, since it is said to have raised it"
HAS = ["fork", "gloo"]


@pytest.mark.parametrize(
    ("edit", "keys", "message", "tip"),
    [
        pytest.param(
            _top(protocol=2),
            ["protocol"],
            "protocol must be 1 (got 2, which is newer)",
            "update provenfix: git pull",
            id="newer protocol",
        ),
        pytest.param(
            _top(protocol=0),
            ["protocol"],
            "protocol must be 1 (got 0, which is older)",
            ANEW,
            id="older protocol",
        ),
        pytest.param(
            _top(bundle=2),
            ["bundle"],
            "bundle must be 1 (got 2, which is newer)",
            "update provenfix: git pull",
            id="newer format",
        ),
        pytest.param(
            _top(entry="nothing"),
            ["entry"],
            "entry must be a folder of entries/ (got 'nothing')",
            RERUN,
            id="unknown entry",
        ),
        pytest.param(
            _rename,
            ["cells", "fix_magic"],
            "fix_magic must be a claim of empty-mean (got 'fix_magic')",
            RERUN,
            id="unknown claim",
        ),
        pytest.param(
            _forget_answers,
            ["cells", "fix_guard", "answers"],
            "answers must hold at least one run (got none)",
            RERUN,
            id="no answers",
        ),
        pytest.param(
            _forget_outcome,
            ["cells", "fix_guard", "answers"],
            "answers must be the runner's (got outcome: Field required)",
            RERUN,
            id="half an answer",
        ),
        pytest.param(
            _facts(gpu=GPU, device="nvidia-h200"),
            ["facts", "gpu"],
            "gpu must be known if, and only if, the machine has the capability cuda",
            RERUN,
            id="gpu without cuda",
        ),
        pytest.param(
            _facts(gpu=GPU, device="nvidia-h200", capabilities=["cuda", "no_cuda", *HAS]),
            ["facts", "capabilities"],
            "capabilities must hold exactly one of cuda and no_cuda",
            RERUN,
            id="cuda and no cuda",
        ),
        pytest.param(
            _facts(gpu=GPU, device="nvidia-h200", capabilities=["cuda", "multi_gpu", *HAS]),
            ["facts", "capabilities"],
            "capabilities must hold multi_gpu only with several GPUs (got 1)",
            RERUN,
            id="one of several GPUs",
        ),
        pytest.param(
            _facts(device="nvidia-h200"),
            ["facts", "device"],
            "device must be the GPU's name, or cpu where there is none (got nvidia-h200)",
            RERUN,
            id="device without a GPU",
        ),
        pytest.param(
            _facts(torch="nightly"),
            ["facts", "torch"],
            "torch must be a release (got nightly)",
            RERUN,
            id="no release",
        ),
        pytest.param(
            _facts(python=3),
            ["facts"],
            "facts must be the facts of an environment "
            "(got python: Input should be a valid string)",
            RERUN,
            id="facts of the wrong kind",
        ),
        pytest.param(
            _answer("fix_default", asserts=2),
            ["cells", "fix_default"],
            "fix_default must have reached at most its 1 asserts (got 2)",
            RERUN,
            id="too many asserts",
        ),
        pytest.param(
            _answer("repro", signature=None),
            ["cells", "repro"],
            f"repro {OWN}",
            RERUN,
            id="raised without a signature",
        ),
        pytest.param(
            _answer("repro", message=["something else"]),
            ["cells", "repro"],
            f"repro {OWN}",
            RERUN,
            id="raised another message",
        ),
        pytest.param(
            _answer("fix_guard", exception="RuntimeError"),
            ["cells", "fix_guard"],
            "fix_guard must have died of nothing, since it is said to have passed "
            "(got RuntimeError)",
            RERUN,
            id="passed with an error",
        ),
        pytest.param(
            _answer("fix_guard", outcome="not_applicable"),
            ["cells", "fix_guard"],
            "fix_guard must say what it did, since it was run",
            RERUN,
            id="run and not applicable",
        ),
        pytest.param(
            _answer("fix_guard", contained=["files", "ghosts"]),
            ["cells", "fix_guard"],
            "fix_guard must be contained in known ways (got files, ghosts)",
            RERUN,
            id="unknown containment",
        ),
        pytest.param(
            _answer("fix_guard", id="empty-mean/repro"),
            ["cells", "fix_guard", "answers"],
            "answers must be for empty-mean/fix_guard (got 'empty-mean/repro')",
            RERUN,
            id="answer of another cell",
        ),
    ],
)
def test_refused(
    provenfix: Provenfix,
    repository: Path,
    brought: Path,
    edit: Edit,
    keys: list[str],
    message: str,
    tip: str,
) -> None:
    """What cannot be true is refused at its place, though the seal is right; nothing is filed."""
    path = brought / "empty-mean.json"
    _edit(path, edit, seal=True)
    problem = f"{_at(path, *keys)} {message}\n  tip: {tip}"

    _assert_refused(provenfix, repository, problem)


def test_gpu_cell_without_a_gpu(
    provenfix: Provenfix, repository: Path, bundle: Path, brought: Path
) -> None:
    """A cell that needs a GPU cannot have been run on a machine without one."""
    path = brought / f"{SECOND}.json"
    second = _content(bundle / "plan.json")["entries"][1]
    inputs = {cell["name"]: cell["inputs"] for cell in second["cells"]}

    def edit(content: dict[str, Any]) -> None:
        answer = {**content["cells"]["fix_old"]["answers"][0], "id": f"{SECOND}/fix_gpu"}
        content["cells"]["fix_gpu"] = {"inputs": inputs["fix_gpu"], "answers": [answer]}

    _edit(path, edit, seal=True)
    place = _at(path, "cells", "fix_gpu")
    problem = f"{place} fix_gpu must not have been run without cuda\n  tip: {RERUN}"

    _assert_refused(provenfix, repository, problem)


def test_edited_file_is_refused(provenfix: Provenfix, repository: Path, brought: Path) -> None:
    """A file whose content is not what its seal says was edited, and is refused."""
    path = brought / "empty-mean.json"
    seal = _content(path)["seal"]
    _edit(path, _answer("nofix_zero", asserts=0), seal=False)
    got = f"(got {seal[:12]}…): the file was edited"
    problem = f"{_at(path, 'seal')} seal must be the digest of the file {got}\n  tip: {RERUN}"

    _assert_refused(provenfix, repository, problem)


def test_other_digest_is_refused(provenfix: Provenfix, repository: Path, brought: Path) -> None:
    """What was run of a script that has been edited since is refused, with both digests."""
    path = brought / "empty-mean.json"
    script = repository / "entries" / "empty-mean" / "fix_guard.py"
    script.write_text(script.read_text("utf-8") + "# changed\n", "utf-8")
    assert 0 == provenfix("bundle", "../anew").returncode
    first = _content(repository.parent / "anew" / "plan.json")["entries"][0]
    now = next(cell["inputs"] for cell in first["cells"] if cell["name"] == "fix_guard")
    then = _content(path)["cells"]["fix_guard"]["inputs"]
    place = _at(path, "cells", "fix_guard", "inputs")
    rule = f"inputs must be the digest of empty-mean/fix_guard as it is now, {now[:12]}…"

    _assert_refused(provenfix, repository, f"{place} {rule} (got {then[:12]}…)\n  tip: {ANEW}")


def test_truncated_file_is_refused(provenfix: Provenfix, repository: Path, brought: Path) -> None:
    """A file that ends too early is refused where it ends."""
    path = brought / "empty-mean.json"
    path.write_text('{\n "bundle": 1,\n "cells": {', "utf-8")
    got = "Expecting property name enclosed in double quotes: line 3 column 12 (char 27)"
    place = "../brought/empty-mean.json:3:12:"

    _assert_refused(
        provenfix, repository, f"{place} must be a whole JSON file (got: {got})\n  tip: {RERUN}"
    )


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        (b"", ["must be a whole JSON file (got: Expecting value: line 1 column 1 (char 0))"]),
        (
            b"\xff",
            [
                "must be a whole JSON file (got: 'utf-8' codec can't decode byte 0xff in "
                "position 0: invalid start byte)"
            ],
        ),
        (b"[]", ["the file must be a mapping (got a list)"]),
        (
            b'{"bundle": 1, "protocol": 1}',
            [
                f"the file must have the key '{key}'"
                for key in ("cells", "entry", "facts", "literals", "seal")
            ],
        ),
    ],
    ids=["empty", "not UTF-8", "a list", "keys missing"],
)
def test_other_files_are_refused(
    provenfix: Provenfix, repository: Path, brought: Path, data: bytes, messages: list[str]
) -> None:
    """A file that is no bundle's is refused."""
    (brought / "empty-mean.json").write_bytes(data)
    place, tip = "../brought/empty-mean.json:1:1:", f"\n  tip: {RERUN}"

    _assert_refused(provenfix, repository, *(f"{place} {text}{tip}" for text in messages))


def test_empty_folder_is_refused(provenfix: Provenfix, repository: Path, brought: Path) -> None:
    """A folder without files of a bundle is refused."""
    for path in brought.iterdir():
        path.unlink()
    rule = "must hold files of a bundle (got none)"

    _assert_refused(provenfix, repository, f"../brought:1:1: {rule}\n  tip: {RERUN}")


def test_all_problems_are_said_at_once(
    provenfix: Provenfix, repository: Path, brought: Path
) -> None:
    """All problems of all files are printed, and what is right in the folder is not filed."""
    first, second, third = (brought / f"{n}.json" for n in ("empty-mean", SECOND, "third"))
    shutil.copy(first, third)
    _edit(first, _rename, seal=True)
    _edit(second, _both(_answer("repro", asserts=3), _answer("fix_old", asserts=4)), seal=True)
    expected = [
        f"{_at(first, 'cells', 'fix_magic')} fix_magic must be a claim of empty-mean "
        f"(got 'fix_magic')\n  tip: {RERUN}",
        f"{_at(second, 'cells', 'fix_old')} fix_old must have reached at most its 1 asserts "
        f"(got 4)\n  tip: {RERUN}",
        f"{_at(second, 'cells', 'repro')} repro must have reached at most its 0 asserts "
        f"(got 3)\n  tip: {RERUN}",
    ]

    _assert_refused(provenfix, repository, *expected)


def _both(*edits: Edit) -> Edit:
    def edit(content: dict[str, Any]) -> None:
        for one in edits:
            one(content)

    return edit
