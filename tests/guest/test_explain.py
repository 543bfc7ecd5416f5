"""`provenfix.explain`: exceptions and texts -> what is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import FAILS, KNOWN, MESSAGE, Python

OTHER = "RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn"
OTHER_SLUG = "element-0-no-grad"
SHOW = """\
    found = provenfix.explain(error)
    print(found and found.slug)
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (FAILS, KNOWN),
        ("raise RuntimeError('nothing that anybody knows')", "None"),
        (f"try:\n  {FAILS}except Exception as e: raise ValueError('bad') from e", KNOWN),
        (f"try:\n  {FAILS}except Exception: int('x')", KNOWN),
        (f"try:\n  {FAILS}except Exception: raise ValueError('bad') from None", "None"),
        (f"try:\n  {FAILS}except Exception: raise RuntimeError({OTHER[14:]!r})", OTHER_SLUG),
        (f"raise ExceptionGroup('two', [ValueError('x'), RuntimeError({MESSAGE!r})])", KNOWN),
        (
            f"e = RuntimeError({MESSAGE!r}); e.__context__ = ValueError(); "
            "e.__context__.__cause__ = e; raise e.__context__",
            KNOWN,
        ),
        (f"e = RuntimeError('a worker died'); e.add_note({OTHER!r}); raise e", OTHER_SLUG),
    ],
    ids=["plain", "unknown", "cause", "context", "hidden", "last-first", "group", "loop", "note"],
)
def test_exceptions(python: Python, tmp_path: Path, body: str, expected: str) -> None:
    """The last known error of what Python would show is found, and no other."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    program = f"import provenfix\ntry:\n{lines}except Exception as error:\n{SHOW}"
    (tmp_path / "program.py").write_text(program, "utf-8")
    ran = python("program.py")

    assert (f"{expected}\n", "") == (ran.stdout, ran.stderr)


def test_reads_well(python: Python, shipped: dict[str, Any]) -> None:
    """As text it has title, all fixes with verdicts, the change of the first, and dead ends."""
    code = f"import provenfix; print(provenfix.explain({MESSAGE!r}, 'zh'))"
    text = python("-c", code).stdout
    told = shipped["entries"][KNOWN]["zh"]

    assert [told["title"], told["summary"]] == text.splitlines()[:2]
    parts = [fix[key] for fix in told["fixes"] for key in ("title", "text", "verdict")]
    parts += [end["title"] for end in told["dead_ends"]]
    parts += told["fixes"][0]["diff"].splitlines()
    assert [] == [part for part in parts if part not in text]


def test_language_of_the_environment(python: Python) -> None:
    """PROVENFIX_LANG counts where no language is given; one that we do not speak is English."""
    code = (
        f"import provenfix; e = provenfix.explain; m = {MESSAGE!r}; "
        "print(e(m).language, e(m, 'en').language, e(m, 'fr').language)"
    )

    assert "zh en en\n" == python("-c", code, env={"PROVENFIX_LANG": "zh"}).stdout
    assert "en en en\n" == python("-c", code, env={"PROVENFIX_LANG": "fr"}).stdout


def test_explanation_is_typed_and_frozen(python: Python) -> None:
    """The result is a value: comparable, hashable, unchangeable."""
    code = (
        f"import provenfix; a, b = (provenfix.explain({MESSAGE!r}) for _ in 'ab')\n"
        "assert a == b and hash(a) == hash(b) and isinstance(a, provenfix.Explanation)\n"
        "try: a.slug = 'x'\nexcept AttributeError: print('frozen')"
    )
    ran = python("-c", code)

    assert ("frozen\n", "") == (ran.stdout, ran.stderr)
