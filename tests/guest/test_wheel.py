"""What the wheel holds, and that it is enough."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from provenfix import shipped as shipping

from .conftest import KNOWN, MESSAGE, ROOT, Python, make_wheel, recorded

OFFLINE = """\
import sys

def refuse(event, _):
    if event.startswith("socket."):
        raise AssertionError(event)

sys.addaudithook(refuse)
"""


def test_wheel_holds_data_instead_of_entries(wheel: Path) -> None:
    """The entries ship as one file, next to the package's types; no entry or record ships."""
    names = zipfile.ZipFile(wheel).namelist()

    assert {"provenfix/entries.json", "provenfix/py.typed"} <= set(names)
    assert {"provenfix", "provenfix-0.1.0.dist-info"} == {name.partition("/")[0] for name in names}
    assert [] == [name for name in names if name.endswith(("repro.py", "entry.yaml"))]


def test_wheel_of_the_sdist_is_the_same(wheel: Path, tmp_path: Path) -> None:
    """Building is reproducible, and an sdist has all that it takes."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    again = make_wheel(next(tmp_path.glob("*.tar.gz")), tmp_path / "again", SITE_URL="")

    assert wheel.name == again.name
    assert wheel.read_bytes() == again.read_bytes()


def test_data_is_what_the_repository_says(shipped: dict[str, Any]) -> None:
    """The wheel has just what the checkout would say, every entry in both languages."""
    house, standing = shipping.read(ROOT)

    assert shipping.data(house, standing, "") == shipped
    assert set(house.entries) == set(shipped["entries"])


def test_waiting_entries_ship_without_claims(shipped: dict[str, Any]) -> None:
    """An entry that waits says why, and shows nothing that was not proven."""
    told = [texts for entry in shipped["entries"].values() for texts in entry.values()]

    assert [bool(text["waiting"]) for text in told] == [not text["page"] for text in told]
    assert [] == [
        text["title"] for text in told if text["waiting"] and text["fixes"] + text["dead_ends"]
    ]
    assert [] == [text["title"] for text in told if text["page"] and not text["fixes"]]


def test_every_recorded_error_is_explained_offline(python: Python, shipped: dict[str, Any]) -> None:
    """Each published entry is found by its recorded traceback, without dependencies or network."""
    published = [slug for slug, told in shipped["entries"].items() if told["en"]["page"]]
    texts = {slug: _printed(recorded(slug)) for slug in published}
    Path(python("-c", "import os; print(os.getcwd())").stdout.strip(), "texts.json").write_text(
        json.dumps(texts), "utf-8"
    )
    code = (
        f"{OFFLINE}import json, provenfix\ntexts = json.load(open('texts.json'))\n"
        "print(json.dumps({s: provenfix.explain(t).slug for s, t in texts.items()}))\n"
    )
    ran = python("-c", code)

    assert "" == ran.stderr
    assert {slug: slug for slug in published} == json.loads(ran.stdout)


def test_links_need_a_site(python: Python) -> None:
    """A wheel that was built for no site has no links, until PROVENFIX_SITE names one."""
    code = (
        f"import provenfix; print(*(provenfix.explain({MESSAGE!r}, l).url for l in ('en', 'zh')))"
    )
    site = {"PROVENFIX_SITE": "https://example.org/fixes"}

    assert "\n" == python("-c", code).stdout.replace(" ", "")
    assert (
        f"https://example.org/fixes/errors/{KNOWN}/ https://example.org/fixes/zh/errors/{KNOWN}/\n"
    ) == python("-c", code, env=site).stdout


def test_built_for_a_site(tmp_path: Path) -> None:
    """SITE_URL at build time is where links lead."""
    data = shipping.data(*shipping.read(ROOT), "https://example.org/x/")

    assert "https://example.org/x/" == data["site"]


def test_command_outside_a_repository(python: Python) -> None:
    """`provenfix explain` prints an entry of the wheel, by its name or by a traceback."""
    named = python("-m", "provenfix", "explain", KNOWN, site=True)
    unknown = python("-m", "provenfix", "explain", "-", site=True)

    code = f"import provenfix; print(provenfix.explain({MESSAGE!r}))"
    assert (0, python("-c", code).stdout, "") == (named.returncode, named.stdout, named.stderr)
    assert 1 == unknown.returncode
    assert unknown.stderr.startswith("No entry fits this text.")


def _printed(cell: dict[str, Any]) -> str:
    """The recorded traceback; of an error that a child process printed, its last lines."""
    message = "\n".join(cell["message"])
    return "\n".join(cell["traceback"]) or f"{cell['exception']}: {message}"
