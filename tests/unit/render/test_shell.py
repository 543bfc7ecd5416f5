"""What stands around the page of an error: cut once, filled often, and never without its places."""

from __future__ import annotations

import pytest

from provenfix.render import shell

BUILT = """<head><!--pf:head--></head><a href="../../zh/errors/_/">中文</a>
<ul><li class="md-nav__item">
  <a href="#pf-chapters" class="md-nav__link">_</a>
</li></ul><article><!--pf:body--></article>"""


FRAME = shell.Frame(name="errors/_", heading="error")


def test_fill() -> None:
    """Every place gets its own part, and all else stays."""
    page = shell.cut(FRAME, BUILT).fill("a-b", "<title>", "<li>1</li>", "<h1>{head}</h1>")

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
        ("errors/_/", "name"),
    ],
)
def test_lost_place(lost: str, named: str) -> None:
    """A theme that lost a place is refused, and the place named."""
    with pytest.raises(shell.ShellError, match=f"keep no place for: {named}$"):
        shell.cut(FRAME, BUILT.replace(lost, ""))


def test_frame_needs_only_what_it_has() -> None:
    """A page of its own has no name to fill in, and one without contents no place for them."""
    built = "<head><!--pf:head--></head><article><!--pf:body--></article>"
    frame = shell.Frame(name="matrix", heading="matrix", contents=False)

    assert "<head>h</head><article>b</article>" == shell.cut(frame, built).fill("", "h", "", "b")


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("errors/a-b.zh.md", "errors/_.zh.md"),
        ("errors/index.en.md", "errors/index.en.md"),
        ("errors/page/2.en.md", "errors/page/_.en.md"),
        ("releases/pytorch-2-0-1.zh.md", "releases/_.zh.md"),
        ("status.en.md", "status.en.md"),
    ],
)
def test_frame_of(path: str, frame: str) -> None:
    """A page has its own frame, or else the one of its folder."""
    assert frame == shell.frame_of(path)


def test_page_without_frame() -> None:
    """A page for which no frame is made is a mistake of ours, and is named."""
    with pytest.raises(KeyError, match="other/page"):
        shell.frame_of("other/page.en.md")
