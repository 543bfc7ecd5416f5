"""A small house for tests of the site: entries on disk, observations made up here.

The observations are bound to the entries' present content, so the fixture never goes stale.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from provenfix import evidence
from provenfix.labels import LANGUAGES, labels
from provenfix.load import load
from provenfix.model import CONTROL, PROTOCOL, Entry
from provenfix.records import Cell, Environment, Outcome, Record, Store
from provenfix.render import generate, permalinks, twins
from provenfix.render.bodies import body
from provenfix.render.error_page import ErrorPageBuilder
from provenfix.render.paths import twin
from provenfix.render.site import LOCAL, Site
from provenfix.standing import Standing, stand
from provenfix.vocabulary import House

REPOSITORY = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "fixtures" / "house"
CONTAINED = ("files", "memory", "network", "processes", "time")

MESSAGE = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you call "
    ".backward() or autograd.grad()."
)
INPLACE = (
    "one of the variables needed for gradient computation has been modified by an inplace operation"
)
SITE_FILES = ("mkdocs.yml", "scripts", "docs", "src/provenfix/render")


def environment(torch: str) -> Environment:
    """A CPU environment."""
    return Environment(
        device="cpu",
        python="3.11.7",
        torch=torch,
        build="cpu",
        numpy="2.4.6",
        setuptools="84.2.1",
        system="Linux x86_64",
        capabilities=("fork", "gloo", "no_cuda"),
        gpu=None,
    )


def raised(message: str, exception: str = "RuntimeError", **more: Any) -> dict[str, Any]:
    """A cell that died of the entry's own error."""
    traceback = (
        "Traceback (most recent call last):",
        '  File "repro.py", line 12, in <module>',
        "    loss.backward()",
        f"{exception}: {message}",
    )
    return {
        "outcome": Outcome.RAISED,
        "exception": exception,
        "message": (message,),
        "traceback": traceback,
        "signature": "Trying to backward through the graph a second time",
        **more,
    }


def passed(**more: Any) -> dict[str, Any]:
    """A cell that ran to its end and asserted something."""
    return {"outcome": Outcome.PASSED, "asserts": 1, **more}


BACKWARD_TWICE = {
    CONTROL: raised(MESSAGE),
    "fix_sum_losses": passed(),
    "fix_recompute": passed(stdout=("loss 0.25",)),
    "fix_fresh_graph": passed(),
    "fix_zero_grad": raised(MESSAGE),
    "nofix_retain_graph": raised(INPLACE, outcome=Outcome.OTHER_ERROR, expected=True),
    "nofix_no_change": raised(MESSAGE),
    "nofix_detach": passed(),
    "nofix_every_step": passed(measures={"steps_ratio": 4.0}, stdout=("measure steps_ratio 4.0",)),
}


def record(entry: Entry, where: Environment, cells: dict[str, dict[str, Any]]) -> Record:
    """A record of these cells, fresh for the entry's present content."""
    inputs = entry.inputs
    return Record(
        entry=entry.slug,
        environment=where.name,
        protocol=PROTOCOL,
        cells={
            name: Cell(inputs=inputs[name], contained=CONTAINED, **content)
            for name, content in cells.items()
        },
    )


def observe(house: House) -> Store:
    """Evidence of `backward-twice` on two versions; the older one lacks one fix."""
    entry = house.entries["backward-twice"]
    old, new = environment("2.6.0"), environment("2.13.0")
    older = {name: cell for name, cell in BACKWARD_TWICE.items() if name != "fix_recompute"}
    records = [record(entry, old, older), record(entry, new, BACKWARD_TWICE)]
    return Store(
        environments={old.name: old, new.name: new},
        records={(r.entry, r.environment): r for r in records},
    )


def house(root: Path = FOLDER) -> House:
    """The house on disk."""
    return load(root).house()


def standing(the_house: House) -> Standing:
    """Where the small house stands."""
    return stand(the_house, observe(the_house))


def copy_site(root: Path) -> Path:
    """A repository in `root` that MkDocs can build: the small house in this site's clothes."""
    shutil.copytree(FOLDER, root, dirs_exist_ok=True)
    return _dressed(root)


def copy_real_site(root: Path) -> Path:
    """A repository in `root` that MkDocs can build: our own entries, evidence and pages."""
    for name in ("entries", "evidence"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "environments.yaml", root)
    return _dressed(root)


def _dressed(root: Path) -> Path:
    generated = shutil.ignore_patterns(
        *(
            "api",
            "cards",
            "errors",
            "evidence",
            "releases",
            "for-machines.*.md",
            "index.*.md",
            "matrix.*.md",
            "status.*.md",
        )
    )
    for name in SITE_FILES:
        source, target = REPOSITORY / name, root / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=generated)
        else:
            shutil.copy(source, target)
    return root


def bodies(the_house: House, where: Standing) -> dict[str, str]:
    """The pages of errors between header and footer, by their names below docs/."""
    found = [
        body(ErrorPageBuilder(the_house, where, entry, labels(language)).build(), language)
        for entry in where.published
        for language in LANGUAGES
    ]
    return {page.path: page.html for page in found}


def list_bodies(the_house: House, where: Standing) -> dict[str, str]:
    """The pages that list errors, between header and footer, by their names below docs/."""
    return {page.path: page.html for page in generate(the_house, where).lists}


def pages(the_house: House, where: Standing, site: Site = LOCAL) -> dict[str, str]:
    """The generated files below docs/."""
    return dict(generate(the_house, where, site).pages)


def verbatim(the_house: House, where: Standing, site: Site) -> dict[str, str]:
    """What is put into the built site as it stands, by its path there."""
    found = dict(generate(the_house, where, site).verbatim)
    for entry in where.entries.values():
        found |= permalinks.of_entry(entry, site)
        for language in LANGUAGES if entry.published else ():
            view = ErrorPageBuilder(the_house, where, entry, labels(language)).build()
            found[twin(view.slug, language)] = twins.text(view, site, language)
    return found


def write_evidence(root: Path, store: Store) -> None:
    """Put evidence on disk as the runner does."""
    for found in store.records.values():
        evidence.write(root, found, store.environments[found.environment])


def files_below(folder: Path) -> dict[str, bytes]:
    """Path below a folder, with forward slashes -> content."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def build_site(root: Path, site_url: str = "http://127.0.0.1:8000/") -> Path:
    """Build the site of a repository; the folder of the built site.

    Raises:
        AssertionError: MkDocs failed; holds its output.
    """
    found = mkdocs_build(root, site_url)
    assert 0 == found.returncode, found.stderr
    return root / "site"


def mkdocs_build(root: Path, site_url: str = "") -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build --strict` in a repository."""
    settings = {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": site_url or "http://127.0.0.1:8000/"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=root,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
