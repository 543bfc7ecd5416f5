"""What stands around the page of an error: cut once, filled often, and never without its places."""

from __future__ import annotations

import pytest

from provenfix.render import shell

BUILT = """<head><!--pf:head--></head><a href="../../zh/errors/_/">中文</a>
<ul><li class="md-nav__item">
  <a href="#pf-chapters" class="md-nav__link">_</a>
</li></ul><article><!--pf:body--></article>"""


def test_fill() -> None:
    """Every place gets its own part, and all else stays."""
    page = shell.cut(BUILT).fill("a-b", "<title>", "<li>1</li>", "<h1>{head}</h1>")

    assert (
        '<head><title></head><a href="../../zh/errors/a-b/">中文</a>\n'
        "<ul><li>1</li></ul><article><h1>{head}</h1></article>" == page
    )


@pytest.mark.parametrize(
    ("lost", "named"),
    [
        ("<!--pf:head-->", "head"),
        ("<!--pf:body-->", "body"),
        ("#pf-chapters", "chapters"),
        ("errors/_/", "slug"),
    ],
)
def test_lost_place(lost: str, named: str) -> None:
    """A theme that lost a place is refused, and the place named."""
    with pytest.raises(shell.ShellError, match=f"keep no place for: {named}$"):
        shell.cut(BUILT.replace(lost, ""))
