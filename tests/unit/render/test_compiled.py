"""Compiled templates in the cache."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from provenfix.cache import Cache
from provenfix.render.compiled import Compiled


def _render(root: Path, source: str, kind: str = "html") -> str:
    """What a template prints in an environment that has seen nothing yet."""
    cache = Compiled(Cache(root), kind)
    templates = Environment(loader=DictLoader({"a": source}), autoescape=True, bytecode_cache=cache)
    return templates.get_template("a").render(name="x")


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that are compiled."""
    seen: list[str] = []
    compile_it = Environment.compile

    def note(self: Environment, source: str, *more: object, **named: object) -> object:
        seen.append(source)
        return compile_it(self, source, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", note)
    return seen


def test_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    """The second time the same is printed, and nothing is compiled."""
    first, second = (_render(tmp_path, "to {{ name }}") for _ in range(2))

    assert "to x" == first == second
    assert ["to {{ name }}"] == compiled


def test_changed_source(tmp_path: Path, compiled: list[str]) -> None:
    """A template that changed is compiled again; so is one for another kind of text."""
    _render(tmp_path, "to {{ name }}")
    assert "of x" == _render(tmp_path, "of {{ name }}")
    assert "of x" == _render(tmp_path, "of {{ name }}", kind="plain")

    assert 3 == len(compiled)
