"""Whether an installed package holds a text: in Python files and in shared libraries."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from provenfix.runner import presence

TEXT = "cannot take the mean of nothing"


def _package(root: Path, **files: str | bytes) -> Path:
    """A package with these files; in their names `__` stands for the dot before a suffix."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (root / name.replace("__", ".")).write_bytes(data)
    return root


def _library(**sections: bytes) -> bytes:
    """An ELF-64 library with these sections; in their names `_` stands for a dot."""
    names, table, content = b"\0", [], b""
    header = 64
    for name, data in {**sections, "_shstrtab": b""}.items():
        name_at = len(names)
        names += name.replace("_", ".").encode() + b"\0"
        table.append((name_at, header + len(content), len(data)))
        content += data
    # The last section holds the names themselves.
    name_at, start, _ = table[-1]
    table[-1] = (name_at, start, len(names))
    content += names
    sizes = struct.pack("<HHH", 64, len(table) + 1, len(table))
    identification = b"\x7fELF\x02\x01\x01" + bytes(9)
    fields = struct.pack("<HHIQQQI", 3, 62, 1, 0, 0, header + len(content), 0)
    rows = [bytes(64)]
    rows += [struct.pack("<IIQQQQIIQQ", n, 1, 2, 0, at, size, 0, 0, 1, 0) for n, at, size in table]
    elf = identification + fields + struct.pack("<HHH", 64, 0, 0) + sizes + content
    return elf + b"".join(rows)


def _found(package: Path, text: str = TEXT) -> bool:
    return presence.find(package, [text])[text]


def test_text_in_python(tmp_path: Path) -> None:
    """A text that a Python file holds is found, in any folder of the package."""
    folder = tmp_path / "nn" / "modules"
    folder.mkdir(parents=True)
    _package(folder, loss__py=f'raise RuntimeError("{TEXT}")\n')

    assert _found(tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        'raise RuntimeError(\n    "cannot take the "\n    "mean of nothing"\n)\n',
        "raise RuntimeError(\n    'cannot take the '\n    f'mean of nothing'\n)\n",
        'raise RuntimeError("cannot "\n  "take the mean"\n\n  rb" of nothing")\n',
        'raise RuntimeError("cannot take "\r\n\r\n  "the mean of nothing")\r\n',
    ],
    ids=["pieces", "f-string", "three pieces", "empty line"],
)
def test_text_in_adjacent_pieces(tmp_path: Path, source: str) -> None:
    """A text that Python source writes in pieces on several lines is found as one."""
    assert _found(_package(tmp_path, loss__py=source))


@pytest.mark.parametrize("joint", ['",\n"', '" + x\n"', '"\nprint()\n"'])
def test_pieces_of_different_strings_are_no_text(tmp_path: Path, joint: str) -> None:
    """Two strings with more than white space between them do not make a text together."""
    source = f'x = ("cannot take the {joint}mean of nothing")\n'

    assert not _found(_package(tmp_path, loss__py=source))


@pytest.mark.parametrize("section", ["_rodata", "_rodata_str1_1"])
def test_text_among_the_constants_of_a_library(tmp_path: Path, section: str) -> None:
    """A text in a section of constants of an ELF-64 library is found."""
    library = _library(_text=b"\x90" * 30, **{section: b"a\0" + TEXT.encode() + b"\0b"})

    assert _found(_package(tmp_path, libtorch__so=library))


@pytest.mark.parametrize("section", ["_text", "_debug_str", "_comment"])
def test_text_elsewhere_in_a_library_is_not_a_message(tmp_path: Path, section: str) -> None:
    """A text in another section of an ELF-64 library, even beside constants, is not found."""
    library = _library(_rodata=b"nothing here", **{section: TEXT.encode()})

    assert not _found(_package(tmp_path, libtorch__so=library))


@pytest.mark.parametrize(
    "library",
    [
        b"\xcf\xfa\xed\xfe another format \0" + TEXT.encode() + b"\0",
        b"\x7fELF\x01\x01" + bytes(60) + TEXT.encode(),
        b"\x7fELF\x02\x01" + bytes(60) + TEXT.encode(),
    ],
    ids=["no ELF", "ELF-32", "no section table"],
)
def test_library_of_another_format_is_searched_whole(tmp_path: Path, library: bytes) -> None:
    """Where constants cannot be told apart, a text anywhere in the library is found."""
    assert _found(_package(tmp_path, libtorch__so=library))


@pytest.mark.parametrize("size", [5, 13, 61, 100])
def test_truncated_library_is_no_error(tmp_path: Path, size: int) -> None:
    """A library that ends within its header, or before its table, is searched as it is."""
    library = _library(_rodata=TEXT.encode())[:size]

    assert (TEXT.encode() in library) is _found(_package(tmp_path, libtorch__so=library))


@pytest.mark.parametrize(("at", "value"), [(0x3A, 8), (0x3E, 0xFFFF), (0x3E, 9)])
def test_library_with_a_strange_table(tmp_path: Path, at: int, value: int) -> None:
    """Where rows are too short, or the names lie in no row, the library is searched whole."""
    library = bytearray(_library(_text=TEXT.encode()))
    struct.pack_into("<H", library, at, value)

    assert _found(_package(tmp_path, libtorch__so=bytes(library)))


def test_library_with_a_version_in_its_name(tmp_path: Path) -> None:
    """`libx.so.2` is a library like any other."""
    (tmp_path / "libtorch.so.2").write_bytes(_library(_rodata=TEXT.encode()))

    assert _found(tmp_path)


def test_empty_library(tmp_path: Path) -> None:
    """A library without content holds nothing, and the others are searched all the same."""
    _package(tmp_path, libempty__so=b"", libtorch__so=_library(_rodata=TEXT.encode()))

    assert {TEXT: True, "absent": False} == presence.find(tmp_path, [TEXT, "absent"])


def test_link_to_a_library_is_ignored(tmp_path: Path) -> None:
    """What a link points to does not belong to the package."""
    package = tmp_path / "torch"
    package.mkdir()
    _package(tmp_path, libother__so=_library(_rodata=TEXT.encode()))
    (package / "libtorch.so").symlink_to(tmp_path / "libother.so")

    assert not _found(package)


def test_other_files_are_not_searched(tmp_path: Path) -> None:
    """A text in a header or in documentation is not one that the package prints."""
    assert not _found(_package(tmp_path, Exception__h=TEXT, readme__md=TEXT))


def test_each_text_has_its_answer(tmp_path: Path) -> None:
    """Several texts are looked for at once, also those that are not ASCII."""
    _package(tmp_path, one__py=f'"{TEXT}"', libtwo__so=_library(_rodata="平均值".encode()))

    assert {TEXT: True, "平均值": True, "absent": False} == presence.find(
        tmp_path, [TEXT, "平均值", "absent"]
    )


def test_nothing_to_look_for(tmp_path: Path) -> None:
    """Without texts, and without files, there is nothing to find."""
    assert ({}, {TEXT: False}) == (presence.find(tmp_path, []), presence.find(tmp_path, [TEXT]))
