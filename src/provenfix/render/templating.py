"""The templates of this package: what they print is escaped unless a filter made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment as Templates
from jinja2 import PackageLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, Const, Expr, Getattr, Name, Node, Template
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from provenfix.cache import Cache
from provenfix.labels import Labels
from provenfix.render.compiled import Compiled

Filter = Callable[..., Markup]
_known: list[Cache] = []
"""Where compiled templates lie, if there is such a place."""


class _Lean(CodeGenerator):
    """Writes plain Python where Jinja asks at each value what it is; that took a third of the time
    of a page.

    What `finalize` made safe is not escaped again; attributes are attributes (none of our views is
    a dictionary); and what is called is called (none of our functions asks for the context). What
    is missing is an error all the same.

    Jinja calls a method by the name of the node that it visits.
    """

    def _output_child_pre(
        self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if finalize.src is None or not frame.eval_ctx.autoescape or frame.eval_ctx.volatile:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"({finalize.src}")

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802
        """Write `value.name`."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write `function(value, name=value)`."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for value in node.args:
            self.visit(value, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")


class _Said(NodeTransformer):
    """Says what is always the same while a template is compiled: a third of what a page prints.

    Args:
        say: The language.
    """

    def __init__(self, say: Labels) -> None:
        self._say = say

    def visit_Call(self, node: Call) -> Node:  # noqa: N802
        """Put the sentence in the place of `say("its.key")`."""
        match node:
            case Call(node=Name(name="say"), args=[Const(value=str(key))], kwargs=[]):
                return Const(self._say(key), lineno=node.lineno)
        return self.generic_visit(node)


class _Templates(Templates):
    code_generator_class = _Lean

    def __init__(self, say: Labels, **options: Any) -> None:
        super().__init__(**options)
        self._said = _Said(say)
        self.globals["say"] = say

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        said: Template = self._said.visit(super()._parse(source, name, filename))
        return said


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
    kind = f"{finalize.__module__}-{say.language}"
    made = _Templates(
        say,
        loader=PackageLoader("provenfix.render"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(_known[0], kind) if _known else None,
    )
    made.filters |= filters
    return made
