"""The command line: arguments, exit status, progress; what it says is in labels.*.yaml.

Exit status: 0 all is well; 1 something must be mended, a claim did not hold, or nothing matched;
2 the command line itself was wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `provenfix` and exit; after a script of the user's that ended well, return.

    Args:
        arguments: The command line without the program's name; `sys.argv` if None.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    from provenfix.cli import user_script

    script = user_script.found(arguments)
    if script:
        user_script.run(*script)
        return
    # The language decides the help texts, so it is chosen before any command is built.
    from provenfix.cli import speech

    speech.use(speech.choose(arguments, os.environ))
    from provenfix.cli.group import build

    build()(args=list(arguments), prog_name="provenfix")
