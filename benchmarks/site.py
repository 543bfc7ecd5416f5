"""How fast the whole site is built, with more entries than there are, beside other generators.

python benchmarks/site.py --help says more.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from measuring import Cost, FailedError, run
from peers import LANGUAGES, PEERS, QUIET, Content, empty, pages
from rich.console import Console
from serving import serve
from site_table import LARGEST, table
from synthetic import house
from synthetic.entries import operators

SIZES = (50, 500, LARGEST)
_SETTINGS = {
    **QUIET,
    "PYTHONPATH": str(house.REPOSITORY / "src"),
    "PROVENFIX_CARDS": "off",
    "SITE_URL": "http://127.0.0.1:8000/",
}
_BUILD = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet")
_PROVENFIX = (sys.executable, "-m", "provenfix")

EXAMPLES = """\
examples:
  python benchmarks/site.py
  python benchmarks/site.py --n 200 --json
  python benchmarks/site.py --n 2000 --no-peers --edit --check
  python benchmarks/site.py --n 50 --keep /tmp/houses

Pages are the errors' pages in both languages; all other pages, lists, indexes, feeds and the API
are built as well, cards are not. The entries and their evidence are made up, in a temporary folder
(TMPDIR moves it; 2,000 entries take about 1 GB). Other work on the machine disturbs it.
Exit status: 0 measured; 1 a build failed.
"""


def main() -> None:
    """Measure, and print what was measured."""
    options = _options()
    measured = []
    try:
        for number in options.n or SIZES:
            measured.append(_measure(number, options))
            if options.json:
                print(json.dumps(measured[-1]), flush=True)
    except FailedError as error:
        print(f"a build failed: {error}", file=sys.stderr)
        sys.exit(1)
    if not options.json:
        console = Console(highlight=False)
        # The table needs more than the 80 columns of a pipe.
        console.width = max(console.width, 90)
        console.print(table(measured))
        for found in measured:
            _print_further(console, found)


def _measure(number: int, options: argparse.Namespace) -> dict[str, Any]:
    """All figures for so many entries."""
    with _folder(options.keep, number) as folder:
        root, others = folder / "house", folder / "peers"
        root.mkdir()
        _tell(f"{number} entries: making them")
        slugs = house.make(root, number)
        further: dict[str, Any] = {}
        if options.check:
            further["check"] = _check(root, slugs)
        _tell(f"{number} entries: building the site")
        cost = run(_BUILD, root, _SETTINGS)
        content = Content(root / "site", slugs, others)
        figures = {"n": number, **_figures(cost, number, pages(content.site, slugs))}
        figures["markdown_bytes"] = _markdown_bytes(content)
        names = PEERS if options.peers else ()
        figures["peers"] = {name: _peer(name, content) for name in names}
        if options.edit:
            further["edit"] = _edit(root, slugs, folder / "empty")
    return figures | further


def _figures(cost: Cost, number: int, html: list[Path]) -> dict[str, Any]:
    return {
        "pages_per_second": round(number * len(LANGUAGES) / cost.wall, 1),
        "wall_seconds": round(cost.wall, 2),
        "cpu_seconds": round(cost.cpu, 2),
        "peak_memory_mb": round(cost.memory),
        "page_html_bytes": round(statistics.fmean(path.stat().st_size for path in html)),
    }


def _peer(name: str, content: Content) -> dict[str, Any] | None:
    _tell(f"{len(content.slugs)} entries: {name}")
    content.folder.mkdir()
    try:
        built = PEERS[name](content)
        return _figures(built.cost, len(content.slugs), built.pages) if built else None
    finally:
        shutil.rmtree(content.folder)


def _markdown_bytes(content: Content) -> int:
    """The mean size of what the peers are given for a page."""
    texts = (text for language in LANGUAGES for _, text in content.markdown(language))
    return round(statistics.fmean(len(text.encode()) for text in texts))


def _edit(root: Path, slugs: list[str], folder: Path) -> dict[str, dict[str, float]]:
    """Builds after the first one: nothing changed, one entry changed; an empty MkDocs; and the
    same edit while the site is served."""
    _tell(f"{len(slugs)} entries: building again")
    unchanged = run(_BUILD, root, _SETTINGS)
    house.edit(root, slugs[len(slugs) // 2])
    edited = run(_BUILD, root, _SETTINGS)
    costs = {"unchanged": unchanged, "one_edited": edited, "empty_mkdocs": empty(folder)}
    served = serve(root, slugs[len(slugs) // 2], _SETTINGS)
    return {name: _times(cost) for name, cost in costs.items()} | {"served": served}


def _check(root: Path, slugs: list[str]) -> dict[str, dict[str, float]]:
    """`provenfix check`, before anything else ran there and after an edit; `provenfix status`."""
    _tell(f"{len(slugs)} entries: checking")
    cold, status = (run((*_PROVENFIX, name), root, _SETTINGS) for name in ("check", "status"))
    house.edit(root, slugs[0])
    edited = run((*_PROVENFIX, "check"), root, _SETTINGS)
    costs = {"cold": cold, "one_edited": edited, "status": status}
    return {name: _times(cost) for name, cost in costs.items()}


def _times(cost: Cost) -> dict[str, float]:
    return {name: round(value, 2) for name, value in asdict(cost).items() if name != "memory"}


@contextmanager
def _folder(keep: Path | None, number: int) -> Iterator[Path]:
    """Where everything of one size lies; removed at the end unless it is to be kept."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="provenfix-site-") as name:
            yield Path(name)
        return
    folder = keep.absolute() / str(number)
    if folder.exists():
        raise FailedError(f"{folder} must not exist yet (remove it, or name another with --keep)")
    folder.mkdir(parents=True)
    yield folder


def _tell(doing: str) -> None:
    """Say on standard error what takes its time, where somebody looks on."""
    if sys.stderr.isatty():
        print(doing, file=sys.stderr)


def _print_further(console: Console, found: dict[str, Any]) -> None:
    for part in ("check", "edit"):
        for name, times in found.get(part, {}).items():
            words = name.replace("_", " ")
            seconds = f"{times['wall']:.2f} s"
            if "cpu" in times:
                seconds += f", {times['cpu']:.2f} s of CPU"
            console.print(f"{found['n']} entries, {part}, {words}: {seconds}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/site.py",
        description="Build the site of made-up entries in a temporary folder, and their pages with "
        "other generators in the same run.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sizes = ", ".join(map(str, SIZES))
    parser.add_argument(
        "--n",
        type=_positive,
        action="append",
        metavar="N",
        help=f"how many entries; may be given several times (default: {sizes})",
    )
    parser.add_argument(
        "--no-peers", dest="peers", action="store_false", help="our own build alone"
    )
    parser.add_argument(
        "--edit",
        action="store_true",
        help="also build again: unchanged, with one entry edited, and while the site is served",
    )
    parser.add_argument(
        "--check", action="store_true", help="also time `provenfix check` and `provenfix status`"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="leave the house of N entries in DIR/N/house"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object for each N")
    return parser.parse_args()


def _positive(text: str) -> int:
    number, most = int(text), len(operators())
    if not 1 <= number <= most:
        raise argparse.ArgumentTypeError(f"must be from 1 to {most}")
    return number


if __name__ == "__main__":
    main()
