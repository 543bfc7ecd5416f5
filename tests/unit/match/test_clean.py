"""Texts in plain characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenfix.match.clean import LONGEST_LINE, MOST_CHARACTERS, MOST_LINES, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[1;31mred\x1b[0m \\u001b[0mplain [31mlost[0m", ["red plain lost"]),
        ("a\rb\r\nc\u2028d", ["a", "b", "c", "d"]),
        ("“x” `y` «z» \\'w\\'", ["'x' 'y' 'z' 'w'"]),
        ("（２ｘ５）：，\u3000a\u00a0b", ["(2x5):, a b"]),
        ("C\u200bU\u202eD\ufeffA", ["CUDA"]),
        ("line 3\\n    f()\\nRuntimeError", ["line 3", "    f()", "RuntimeError"]),
        (r"C:\new\torch\lib", [r"C:\new\torch\lib"]),
        ("&lt;lambda&gt; &#39;a&#39;", ["<lambda> 'a'"]),
        ("│ ❱ 12 main() │", ["| > 12 main() |"]),
        ("\0\x07a\x08", ["a"]),
        ("🙂", ["\ufffd\ufffd"]),
    ],
)
def test_plain(text: str, expected: list[str]) -> None:
    """Colours, quotation marks, escapes, wide and invisible characters are read as meant."""
    assert expected == lines(text)


def test_the_end_is_kept() -> None:
    """Of too much text the end is read: lines, characters and long lines are limited."""
    assert MOST_LINES == len(lines("a\n" * (MOST_LINES + 5)))
    assert "end" == lines("x" * (MOST_CHARACTERS * 2) + "\nend")[-1]
    assert all(len(line) <= LONGEST_LINE for line in lines("ab " * MOST_CHARACTERS))


@given(st.text(max_size=300))
def test_only_plain_lines(text: str) -> None:
    """Whatever comes in, no control character, quotation mark or surrogate comes out."""
    joined = "".join(lines(text))

    assert not set(joined) & {*map(chr, range(9)), "\r", "\x0b", "\x0c", "\x1b", '"', "`", "\u200b"}
    assert all(ord(character) < 0x10000 for character in joined)
