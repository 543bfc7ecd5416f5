"""The templates of this package: what they print is escaped unless a filter made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment as Templates
from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup

from provenfix.labels import Labels

Filter = Callable[..., Markup]


def templates(
    say: Labels, finalize: Callable[[Any], Markup], filters: Mapping[str, Filter]
) -> Templates:
    """The templates of a language, for one kind of text.

    Args:
        say: The language.
        finalize: Makes what is printed safe, unless it is so already.
        filters: The filters of that kind of text, by name.
    """
    made = Templates(
        loader=PackageLoader("provenfix.render"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= filters
    made.globals["say"] = say
    return made
