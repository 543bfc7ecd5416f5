"""What is remembered of entries is what they are, and goes when they change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_house import FOLDER, house, observe

from provenfix.cache import Cache
from provenfix.records import Store
from provenfix.render import generate
from provenfix.render.site import LOCAL
from provenfix.rows import Rows
from provenfix.standing import stand


def _made(log: list[str], name: str) -> Callable[[], str]:
    def make() -> str:
        log.append(name)
        return name

    return make


def test_a_value_is_made_once(tmp_path: Path) -> None:
    """Within a build, and from one to the next as long as its key holds."""
    log: list[str] = []
    for key in ("one", "one", "other"):
        rows = Rows(Cache(tmp_path), "table")
        assert ["of " + key] * 2 == [rows.of("a", key, "kind", _made(log, f"of {key}"))] * 2
        assert f"of {key}" == rows.of("a", key, "kind", _made(log, "again"))
        rows.keep()

    assert ["of one", "of other"] == log


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    """A table holds what the last build used."""
    log: list[str] = []
    for names in ("ab", "b", "ab"):
        rows = Rows(Cache(tmp_path), "table")
        for name in names:
            rows.of(name, "key", "kind", _made(log, name))
        rows.keep()

    assert ["a", "b", "a"] == log


def _less(store: Store) -> Store:
    """The same evidence without the newer environment."""
    old = next(iter(store.environments))
    records = {at: one for at, one in store.records.items() if at[1] == old}
    return Store(environments={old: store.environments[old]}, records=records)


def _unrun(store: Store) -> Store:
    """The same environments, in one of which nothing was run."""
    _, new = store.environments
    records = {at: one for at, one in store.records.items() if at[1] != new}
    return Store(environments=store.environments, records=records)


@pytest.mark.parametrize("change", [_less, _unrun, None])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("backward-twice/en.yaml", "title: ", "title: Once more, "),
        ("backward-twice/entry.yaml", "group: autograd", "group: multiprocessing"),
        ("groups.yaml", "en: ", "en: All of "),
    ],
)
def test_what_is_remembered_is_what_is_made(
    tmp_path: Path, change: Callable[[Store], Store] | None, file: str, old: str, new: str
) -> None:
    """After an edit of an entry, a group or the evidence, all files are those of a first build."""
    shutil.copytree(FOLDER / "entries", tmp_path / "entries")
    shutil.copy(FOLDER / "environments.yaml", tmp_path)
    cache = Cache(tmp_path)
    before = house(tmp_path)
    generate(before, stand(before, observe(before)), LOCAL, cache)
    path = tmp_path / "entries" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    after = house(tmp_path)
    store = observe(after)
    where = stand(after, change(store) if change else store)

    assert generate(after, where) == generate(after, where, LOCAL, cache)
    assert generate(after, where) == generate(after, where, LOCAL, cache)
