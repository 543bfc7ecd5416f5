"""The templates of this package: what they print is escaped unless a filter made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment as Templates
from jinja2 import PackageLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context
from markupsafe import Markup

from provenfix.cache import Cache
from provenfix.labels import Labels
from provenfix.render.compiled import Compiled

Filter = Callable[..., Markup]
_known: list[Cache] = []
"""Where compiled templates lie, if there is such a place."""


class _Finalized(CodeGenerator):
    """Escapes nothing that `finalize` made safe: a second look at each value took a tenth of the
    time of a page."""

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if finalize.src is None or not frame.eval_ctx.autoescape or frame.eval_ctx.volatile:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"({finalize.src}")


class _Direct(Context):
    """Calls what is called: none of our functions asks for the context, and to find that out took
    as long as many of them take. Macros escape as their templates do."""

    def call(
        self,
        function: Callable[..., Any],
        /,
        *values: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        return function(*values, **named)


class _Templates(Templates):
    code_generator_class = _Finalized
    context_class = _Direct


def remember(cache: Cache) -> None:
    """Take compiled templates from a cache from now on, and put them there."""
    _known[:] = [cache]


def templates(
    say: Labels, finalize: Callable[[Any], Markup], filters: Mapping[str, Filter]
) -> Templates:
    """The templates of a language, for one kind of text.

    Args:
        say: The language.
        finalize: Makes what is printed safe, unless it is so already.
        filters: The filters of that kind of text, by name.
    """
    made = _Templates(
        loader=PackageLoader("provenfix.render"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(_known[0], finalize.__module__) if _known else None,
    )
    made.filters |= filters
    made.globals["say"] = say
    return made
