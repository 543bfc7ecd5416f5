"""The same in IPython and Jupyter, which never call `sys.excepthook`."""

from __future__ import annotations

import sys
from typing import Any

from provenfix.guest import hook


def attach(lang: str | None) -> None:
    """Show tracebacks as IPython does, and the short answer below.

    A handler that somebody else has set stays; a shell that is not one of IPython's is left alone.

    Args:
        lang: As for `provenfix.install`.
    """
    shell = _shell()
    # What calls itself a shell but takes no handlers is none that we know.
    if not hasattr(shell, "set_custom_exc"):
        return
    if getattr(shell, "custom_exceptions", ()) and not _ours(shell):
        return

    def handle(shell: Any, kind: Any, error: BaseException, trace: Any, tb_offset: Any) -> None:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        hook.answer(error, lang)

    shell.set_custom_exc((Exception,), handle)
    shell.provenfix_attached = True


def detach() -> None:
    """Undo `attach`."""
    shell = _shell()
    if shell is not None and _ours(shell):
        shell.set_custom_exc((), None)
        shell.provenfix_attached = False


def _ours(shell: Any) -> bool:
    return bool(getattr(shell, "provenfix_attached", False))


def _shell() -> Any:
    """The running shell of IPython; None if there is none."""
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
