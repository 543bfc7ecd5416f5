"""Short and old addresses lead to the page, in both languages, below any path."""

from __future__ import annotations

import re

import pytest
from small_house import house, observe, standing

from provenfix.render.permalinks import of_entry
from provenfix.render.site import Site
from provenfix.standing import Standing, stand

SITE = Site(url="https://example.org/provenfix/")


def _to(page: str) -> tuple[str, str]:
    """Where the script and the reader without scripts are led."""
    script = re.search(r'<script src="([^"]+)" data-to="([^"]+)"></script>', page)
    plain = re.search(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]+)">', page)
    assert script
    assert plain
    assert script[2] == plain[1]
    return script[1], plain[1]


def _files(where: Standing) -> dict[str, str]:
    found = [of_entry(entry, SITE) for entry in where.entries.values()]
    return {path: text for of_one in found for path, text in of_one.items()}


@pytest.mark.parametrize(
    ("path", "root", "to"),
    [
        ("e/backward-twice/index.html", "../../", "errors/backward-twice/"),
        ("zh/e/backward-twice/index.html", "../../../", "zh/errors/backward-twice/"),
        ("e/fork-cuda-reinit/index.html", "../../", "status/"),
    ],
)
def test_leads_to_the_page(path: str, root: str, to: str) -> None:
    """A published entry leads to its page, a waiting one to what it waits for; relative both."""
    page = _files(standing(house()))[path]

    assert (f"{root}assets/js/redirect.js", f"{root}{to}") == _to(page)
    assert f'<link rel="canonical" href="{SITE.url}{to}">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_aliases_lead_on_from_both_addresses() -> None:
    """An old name works as a short address and as the address of the page that it was."""
    the_house = house()
    entry = the_house.entries["backward-twice"]
    renamed = entry.model_copy(
        update={"facts": entry.facts.model_copy(update={"aliases": ("old-name",)})}
    )
    entries = {**the_house.entries, "backward-twice": renamed}
    changed = the_house.model_copy(update={"entries": entries})
    found = _files(stand(changed, observe(the_house)))

    for path in ("e/old-name", "errors/old-name"):
        assert "../../errors/backward-twice/" == _to(found[f"{path}/index.html"])[1]
        assert f"zh/{path}/index.html" in found
