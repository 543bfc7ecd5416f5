"""What was read and checked before is known again, and every change is seen all the same."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import small_house

from provenfix import cache, checks, evidence, folders, portions
from provenfix.cache import Cache
from provenfix.cli.common import read_evidence
from provenfix.load import load
from provenfix.standing import Standing, stand

ENTRY = "entries/backward-twice"
AGES = (folders.YOUNG, -folders.YOUNG)
"""Files that were just written are too young to be trusted; or, for a test, are not."""


@pytest.fixture(params=AGES, ids=("young", "old"))
def root(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with evidence, of which everything is remembered."""
    monkeypatch.setattr(folders, "YOUNG", request.param)
    house = tmp_path / "house"
    shutil.copytree(small_house.FOLDER, house)
    store = small_house.observe(small_house.house(house))
    for record in store.records.values():
        evidence.write(house, record, store.environments[record.environment])
    for _ in range(2):
        _told(house, Cache(house))
    return house


def _told(root: Path, known: Cache | None = None) -> list[str]:
    """All problems, as a check prints them."""
    loaded = load(root, cache=known)
    store, problems = read_evidence(root, loaded, known)
    problems += [*loaded.problems, *checks.check(loaded, store, cache=known)]
    return list(map(str, sorted(set(problems))))


def _standing(root: Path, known: Cache | None = None) -> Standing:
    loaded = load(root, cache=known)
    store, _ = read_evidence(root, loaded, known)
    return stand(loaded.house(), store)


def _edit(path: Path, before: str, after: str) -> None:
    """Change some text of a file in its place."""
    text = path.read_text("utf-8")
    assert before in text, path
    path.write_text(text.replace(before, after, 1), "utf-8")


def _record(root: Path) -> Path:
    return next((root / "evidence" / "backward-twice").glob("*.json"))


def _replace_keeping_times(root: Path) -> None:
    """As `cp -p` does: another content of the same size, with the times of before."""
    path = root / ENTRY / "en.yaml"
    before = path.stat()
    _edit(path, "title:", "titel:")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _move_evidence(root: Path) -> None:
    (root / "evidence" / "backward-twice").rename(root / "evidence" / "elsewhere")


def _add_entry(root: Path) -> None:
    shutil.copytree(root / ENTRY, root / "entries" / "another-one")


def _drop_environment(root: Path) -> None:
    next((root / "evidence" / "environments").glob("*.json")).unlink()


CHANGES: dict[str, Callable[[Path], object]] = {
    "script, same size": lambda root: _edit(root / ENTRY / "repro.py", "import", "imp0rt"),
    "script removed": lambda root: (root / ENTRY / "fix_recompute.py").unlink(),
    "script added": lambda root: (root / ENTRY / "fix_nothing.py").write_text("pass\n"),
    "unknown key": lambda root: _edit(root / ENTRY / "entry.yaml", "group:", "groop:"),
    "unknown group": lambda root: _edit(root / ENTRY / "entry.yaml", "group: ", "group: x-"),
    "English": lambda root: _edit(root / ENTRY / "en.yaml", "title: ", "title: Not "),
    "same size and times": _replace_keeping_times,
    "evidence by hand": lambda root: _edit(_record(root), '"asserts": 1', '"asserts": 2'),
    "evidence cut off": lambda root: _record(root).write_text("{"),
    "evidence moved": _move_evidence,
    "evidence of one environment lost": _drop_environment,
    "glossary": lambda root: (root / "entries" / "glossary.yaml").write_text(
        "terms: [{en: graph, zh: 没有这个词, avoid: [图]}]\n", "utf-8"
    ),
    "groups": lambda root: (root / "entries" / "groups.yaml").write_text(
        "other: {en: O, zh: 别}\n"
    ),
    "environments.yaml": lambda root: _edit(root / "environments.yaml", "ci:", "cj:"),
    "entry removed": lambda root: shutil.rmtree(root / ENTRY),
    "entry renamed": lambda root: (root / ENTRY).rename(root / "entries" / "renamed"),
    "entry added": _add_entry,
}


@pytest.mark.parametrize("name", CHANGES)
def test_change_is_seen(root: Path, name: str) -> None:
    """Each kind of change gives the problems that a check without memory finds; so does undoing."""
    before = _told(root)
    shutil.copytree(root, root.with_name("kept"))
    CHANGES[name](root)
    expected = _told(root)

    assert expected != before
    assert expected == _told(root, Cache(root)) == _told(root, Cache(root))

    for folder in ("entries", "evidence"):
        shutil.rmtree(root / folder)
        shutil.copytree(root.with_name("kept") / folder, root / folder)
    shutil.copy(root.with_name("kept") / "environments.yaml", root)
    assert before == _told(root, Cache(root))


def test_only_young_files_are_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What did not change is not read; but of a young file nobody knows whether it changed."""
    read: list[str] = []
    original = folders.Reader._read

    def noting(reader: folders.Reader[object], name: str, stats: tuple[object, ...]) -> object:
        read.append(f"{reader.top.name}/{name}")
        return original(reader, name, stats)  # type: ignore[arg-type]

    monkeypatch.setattr(folders.Reader, "_read", noting)
    expected = _told(root)
    read.clear()

    assert expected == _told(root, Cache(root))
    assert (folders.YOUNG > 0) is (f"{ENTRY}" in read)

    CHANGES["script, same size"](root)
    read.clear()
    _told(root, Cache(root))
    assert ENTRY in read
    assert (folders.YOUNG > 0) is ("evidence/backward-twice" in read)


@pytest.mark.parametrize("damage", [b"", b"nothing", None])
def test_damaged_cache_is_made_again(root: Path, damage: bytes | None) -> None:
    """Whatever lies in the place of what was remembered, the answers are the same."""
    CHANGES["unknown group"](root)
    expected = _told(root)
    files = [path for path in (root / cache.FOLDER).rglob("*") if path.is_file()]
    for path in files:
        path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)

    assert files
    assert expected == _told(root, Cache(root)) == _told(root, Cache(root))

    shutil.rmtree(root / cache.FOLDER)
    assert expected == _told(root, Cache(root))


def test_cache_that_cannot_be_written_is_none(root: Path) -> None:
    """A file in the place of the folder stands for a disk that takes nothing."""
    expected = _told(root)
    shutil.rmtree(root / "build")
    (root / "build").write_bytes(b"")

    assert expected == _told(root, Cache(root))


def test_two_at_once(root: Path) -> None:
    """Two checks that remember in the same place find the same, and so does the next one."""
    CHANGES["unknown group"](root)
    expected, told = _told(root), list[list[str]]()
    threads = [
        threading.Thread(target=lambda: told.append(_told(root, Cache(root)))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [expected] * 4 == told
    assert expected == _told(root, Cache(root))


def test_problems_still_know_their_place(root: Path) -> None:
    """An entry that was remembered has its documents, with the places of all values."""
    fresh, known = (load(root, cache=c).sources["backward-twice"] for c in (None, Cache(root)))

    assert fresh == known
    assert fresh.problem("en.yaml", ("title",), "x") == known.problem("en.yaml", ("title",), "x")


def test_what_is_gone_is_forgotten(root: Path) -> None:
    """Entries that are no more do not fill the disk."""
    shutil.rmtree(root / ENTRY)
    shutil.rmtree(root / "evidence" / "backward-twice")
    _told(root, Cache(root))

    for table in ("entries", "evidence", "checks"):
        assert "backward-twice" not in portions.Portions(Cache(root), table).known


def test_key_says_what_a_standing_follows_from(root: Path) -> None:
    """The key is the same with and without memory, and another one after each change."""
    keys = {_standing(root, known).entries["backward-twice"].key for known in (None, Cache(root))}
    assert 1 == len(keys)
    changes = [
        lambda: _edit(root / ENTRY / "en.yaml", "title: ", "title: Not "),
        lambda: _edit(root / ENTRY / "fix_recompute.py", "import", "# x\nimport"),
        lambda: _record(root).unlink(),
    ]
    for number, change in enumerate(changes, start=2):
        change()
        with_and_without = [
            _standing(root, known).entries["backward-twice"].key for known in (None, Cache(root))
        ]
        keys.update(with_and_without)
        assert number == len(keys)


def test_key_of_a_changed_copy_is_its_own(root: Path) -> None:
    """Digests are worked out once, but not copied with what is changed."""
    loaded = load(root)
    store, _ = read_evidence(root, loaded)
    house, slug = loaded.house(), "backward-twice"
    entry = house.entries[slug]
    other = entry.model_copy(update={"en": entry.en.model_copy(update={"title": "Other"})})
    key = stand(house, store).entries[slug].key

    changed = house.model_copy(update={"entries": {slug: other}})
    assert key != stand(changed, store).entries[slug].key
    fewer = store.model_copy(update={"records": dict(list(store.records.items())[1:])})
    assert key != stand(house, fewer).entries[slug].key
    assert len(fewer.by_entry[slug]) == len(store.by_entry[slug]) - 1
