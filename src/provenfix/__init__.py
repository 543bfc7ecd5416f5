"""provenfix: error pages for PyTorch and CUDA whose every fix was run.

This package imports neither torch nor mkdocs. `provenfix.runner` needs nothing but the standard
library, because it also runs in other interpreters and on machines without our dependencies.
`provenfix.guest` does so too, because it lives in other people's programs: importing this module
and calling `install` costs them next to nothing, and all else is loaded when an error is there.
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["DataError", "Explanation", "explain", "install", "uninstall"]

# `typing` alone would take longer to import than all the rest; type checkers know this name.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from provenfix.guest.data import DataError
    from provenfix.guest.explanation import Explanation


def explain(problem: BaseException | str, lang: str | None = None) -> Explanation | None:
    """What is known about an error: its proven fixes, and what does not help.

    Of exceptions that led to each other (`__cause__`, `__context__`, groups) the last one that is
    known counts. Works offline.

    Args:
        problem: An exception, or the text of a traceback.
        lang: `en` or `zh`; PROVENFIX_LANG if None, English for anything else.

    Returns:
        The explanation, which can be printed; None if the error is not known.

    Raises:
        DataError: The entries that ship with the package are missing or broken.
    """
    from provenfix.guest import explaining

    return explaining.explain(problem, lang)


def install(lang: str | None = None) -> None:
    """Print a short answer under the traceback of each error that nobody caught, if it is known.

    Takes the place of `sys.excepthook` and `threading.excepthook` (in IPython, of the handler of
    exceptions), calls what was there before first, with what it would have got, and then prints to
    standard error: an entry once in a process, nothing for KeyboardInterrupt and SystemExit.
    Whatever goes wrong in it, it is silent. Calling it again only changes the language.

    Args:
        lang: `en` or `zh`; PROVENFIX_LANG if None, English for anything else.
    """
    from provenfix.guest import hook

    hook.install(lang)


def uninstall() -> None:
    """Undo `install`."""
    from provenfix.guest import hook

    hook.uninstall()


def __getattr__(name: str) -> object:
    """The types of this interface, imported when they are asked for."""
    if name == "Explanation":
        from provenfix.guest.explanation import Explanation

        return Explanation
    if name == "DataError":
        from provenfix.guest.data import DataError

        return DataError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
