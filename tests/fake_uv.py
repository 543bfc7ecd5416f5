"""A uv that makes environments at once and downloads nothing: its torch is an empty package.

Run as a program it takes uv's arguments. The version of torch that is asked for decides what comes:
see `WORDS` and `BROKEN`; any other version is installed.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from pathlib import Path

WORDS = {
    "9.9.9": """\
  × No solution found when resolving dependencies:
  ╰─▶ Because there is no version of torch==9.9.9 and you require torch==9.9.9, we can conclude \
that your requirements are unsatisfiable.
""",
    "8.8.8": """\
error: Request failed after 3 retries in 5.1s
  Caused by: Failed to fetch: `https://pypi.org/simple/torch/`
  Caused by: error sending request for url (https://pypi.org/simple/torch/)
  Caused by: client error (Connect)
  Caused by: dns error
  Caused by: failed to lookup address information: Temporary failure in name resolution
""",
    "7.7.7": """\
error: Failed to install: torch-7.7.7-cp311-cp311-manylinux_2_28_x86_64.whl (torch==7.7.7)
  Caused by: failed to copy file: No space left on device (os error 28)
""",
}
"""What uv says where it cannot install a version."""
BROKEN = "5.5.5"
"""A version that cannot be imported."""
OTHER = "6.6.6"
"""A version in whose place 6.6.5 is installed."""
_TORCH = """\
from types import SimpleNamespace

__version__ = "{version}"
version = SimpleNamespace(cuda={cuda!r})
cuda = SimpleNamespace(is_available=lambda: False)
_C = SimpleNamespace()
"""


def install(folder: Path) -> Path:
    """Put this uv into a folder; the path of the program, with what it was asked in `uv.log`."""
    path = folder / "uv"
    python = os.path.realpath(sys.executable)
    path.write_text(f'#!/bin/sh\nexec {python} -IS {__file__} "$0" "$@"\n', "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def asked(uv: Path) -> list[list[str]]:
    """The arguments of each call so far."""
    log = uv.with_suffix(".log")
    return (
        [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
    )


def plain_environment(folder: Path) -> Path:
    """A virtual environment with nothing in it; its interpreter."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(os.path.realpath(sys.executable))
    home = os.path.join(sys.base_prefix, "bin")
    (folder / "pyvenv.cfg").write_text(f"home = {home}\n", "utf-8")
    packages(python).mkdir(parents=True)
    return python


def make(folder: Path, torch: str = "2.13.0") -> Path:
    """An environment with an empty torch, quick to import; its interpreter."""
    python = plain_environment(folder)
    _pip(python, [f"torch=={torch}+cpu", "numpy==2.4.6", "setuptools==84.2.1"])
    return python


def packages(python: Path) -> Path:
    """The folder for the packages of an environment."""
    minor = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return python.parents[1] / "lib" / minor / "site-packages"


def _target(folder: Path, pins: list[str]) -> None:
    """What `pip install --target` does: the lowest version of each range, as metadata alone."""
    for pin in pins:
        name, version = re.split("[<>=]+", pin)
        metadata = folder / f"{name.replace('-', '_')}-{version}.dist-info" / "METADATA"
        metadata.parent.mkdir()
        metadata.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
        (folder / f"{name}.py").write_text(f'__version__ = "{version}"\n', "utf-8")


def _pip(python: Path, pins: list[str]) -> None:
    versions = dict(pin.split("==") for pin in pins)
    release, _, label = versions["torch"].partition("+")
    if release in WORDS:
        sys.stderr.write(WORDS[release])
        sys.exit(1)
    folder = packages(python)
    for name, version in versions.items():
        metadata = folder / f"{name}-{version}.dist-info" / "METADATA"
        metadata.parent.mkdir()
        metadata.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
    installed = "6.6.5" if release == OTHER else release
    cuda = None if label == "cpu" else "13.0"
    text = _TORCH.format(version=f"{installed}+{label or 'cu130'}", cuda=cuda)
    if release == BROKEN:
        text = 'raise ImportError("libtorch.so: cannot open shared object file")\n'
    (folder / "torch").mkdir()
    (folder / "torch" / "__init__.py").write_text(text, "utf-8")


def _main(program: str, *arguments: str) -> None:
    with open(f"{program}.log", "a", encoding="utf-8") as log:
        log.write(json.dumps(arguments) + "\n")
    if arguments[0] == "venv":
        place = Path(arguments[arguments.index("--python") + 2])
        if arguments[arguments.index("--python") + 1] == "3.99":
            sys.stderr.write(
                "error: No interpreter found for Python 3.99 in managed installations\n"
            )
            sys.exit(2)
        plain_environment(place)
    elif "--target" in arguments:
        pins = [argument for argument in arguments if re.search("[<>=]", argument)]
        _target(Path(arguments[arguments.index("--target") + 1]), pins)
    else:
        python = Path(arguments[arguments.index("--python") + 1])
        _pip(python, [argument for argument in arguments if "==" in argument])


if __name__ == "__main__":
    _main(*sys.argv[1:])
