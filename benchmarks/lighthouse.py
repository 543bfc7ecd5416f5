"""What Lighthouse says of the built site, as on a phone with a slow line.

python benchmarks/lighthouse.py --help says more.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
VERSION = "12.8.2"
"""The last release that runs on Node 20."""
HOME = ROOT / "build" / "lighthouse"
PAGES = ("", "errors/mat1-mat2-shapes/", "zh/errors/mat1-mat2-shapes/")
REQUIRED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMES = {"largest-contentful-paint": "LCP ms", "total-blocking-time": "TBT ms"}
REST = ("bytes", "machine")
COMPRESSED = {".css", ".html", ".js", ".json", ".md", ".svg", ".txt", ".wasm", ".xml"}
"""What GitHub Pages sends compressed."""
TIMEOUT = 300
WIDTH = 110
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic"
INSTALL = f"npm install --prefix build/lighthouse --no-package-lock lighthouse@{VERSION}"

EXAMPLES = f"""\
examples:
  {INSTALL}
  make build && python benchmarks/lighthouse.py
  python benchmarks/lighthouse.py --runs 1 --page errors/backward-twice/ --json

The performance figure wants an otherwise idle machine; the other marks do not depend on it.
"machine" is Lighthouse's own measure of how fast the machine was: other work shows there.
Exit status: 0 all marks reached; 1 a mark was missed; 2 Node, Lighthouse, Chromium or the site is
missing, or Lighthouse failed.
"""


class _Pages(SimpleHTTPRequestHandler):
    """Serves as GitHub Pages does: compressed, kept for ten minutes, one connection for many."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = path.read_bytes() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Vary", "Accept-Encoding")
        if path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Leave the output alone."""


def main() -> None:
    """Measure, and print what was measured."""
    options = _options()
    program = _lighthouse(options.site)
    with _served(options.site) as address:
        figures = {
            page or "home": _measure(program, address + page, options.runs)
            for page in options.page or PAGES
        }
    if options.json:
        print(json.dumps({"lighthouse": VERSION, "runs": options.runs, "pages": figures}))
    else:
        Console(highlight=False, width=WIDTH).print(_table(figures, options.runs))
        for line in _reasons(figures):
            print(line)
    sys.exit(1 if any(_missed(found) for found in figures.values()) else 0)


def _lighthouse(site: Path) -> Path:
    """The program; stops where something that it needs is missing."""
    if shutil.which("node") is None:
        _stop("node:1:1: must be installed (got nothing)", "apt-get install nodejs npm")
    if shutil.which("chromium") is None:
        _stop("chromium:1:1: must be installed (got nothing)", "apt-get install chromium")
    package = HOME / "node_modules" / "lighthouse" / "package.json"
    version = json.loads(package.read_text("utf-8"))["version"] if package.is_file() else "nothing"
    if version != VERSION:
        _stop(f"lighthouse:1:1: must be installed in version {VERSION} (got {version})", INSTALL)
    if not (site / "index.html").is_file():
        _stop(f"{site}:1:1: must be a built site (got no index.html)", "make build")
    return HOME / "node_modules" / ".bin" / "lighthouse"


def _stop(problem: str, tip: str) -> NoReturn:
    print(f"{problem}\n  tip: {tip}", file=sys.stderr)
    sys.exit(2)


@contextmanager
def _served(site: Path) -> Iterator[str]:
    """The address of the site, with a slash at its end."""
    handler = functools.partial(_Pages, directory=site)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _measure(program: Path, url: str, runs: int) -> dict[str, Any]:
    """Medians over the runs, and what kept a category from its mark."""
    reports = [_run(program, url) for _ in range(runs)]
    scores = {
        name: statistics.median(100 * (r["categories"][name]["score"] or 0) for r in reports)
        for name in REQUIRED
    }
    times = {
        name: statistics.median(r["audits"][name]["numericValue"] for r in reports)
        for name in TIMES
    }
    last = reports[-1]
    failed = [
        f"{name}: {audit['id']}: {last['audits'][audit['id']]['title']}"
        for name in REQUIRED
        if scores[name] < REQUIRED[name]
        for audit in last["categories"][name]["auditRefs"]
        if audit["weight"] and (last["audits"][audit["id"]]["score"] or 0) < 1
    ]
    rounded = {name: round(value, 1) for name, value in (scores | times).items()}
    sent = round(last["audits"]["total-byte-weight"]["numericValue"])
    speed = statistics.median(report["environment"]["benchmarkIndex"] for report in reports)
    return {**rounded, "bytes": sent, "machine": speed, "failed": failed}


def _run(program: Path, url: str) -> dict[str, Any]:
    """One report; the mobile preset is Lighthouse's default."""
    options = ("--quiet", "--output=json", "--no-enable-error-reporting")
    categories = f"--only-categories={','.join(REQUIRED)}"
    try:
        ran = subprocess.run(
            [program, url, *options, categories, f"--chrome-flags={CHROMIUM}"],
            env=os.environ | {"CHROME_PATH": str(shutil.which("chromium"))},
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=True,
        )
    except subprocess.TimeoutExpired:
        _stop(f"{url}:1:1: Lighthouse took more than {TIMEOUT} s", "other work on the machine?")
    except subprocess.CalledProcessError as error:
        _stop(f"{url}:1:1: Lighthouse failed", error.stderr.strip()[-500:])
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


def _missed(found: dict[str, Any]) -> list[str]:
    """The marks that a page does not reach."""
    return [name for name, least in REQUIRED.items() if found[name] < least]


def _table(figures: dict[str, dict[str, Any]], runs: int) -> Table:
    title = f"Lighthouse {VERSION}, mobile, medians of {runs} runs"
    table = Table("page", title=title, title_justify="left")
    for name in (*REQUIRED, *TIMES.values(), *REST):
        table.add_column(name, justify="right")
    for page, found in figures.items():
        missed = _missed(found)
        marks = [f"{found[name]:g}{' !' * (name in missed)}" for name in REQUIRED]
        table.add_row(page, *marks, *(f"{found[name]:,.0f}" for name in (*TIMES, *REST)))
    table.add_row("required", *(f"{least}" for least in REQUIRED.values()))
    return table


def _reasons(figures: dict[str, dict[str, Any]]) -> Iterator[str]:
    for page, found in figures.items():
        for reason in found["failed"]:
            yield f"{page}: {reason}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/lighthouse.py",
        description=f"Run Lighthouse {VERSION}, mobile preset, over pages of the built site.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--runs", type=_positive, default=5, metavar="N", help="(default: 5)")
    parser.add_argument(
        "--page", action="append", metavar="PATH", help="may be repeated (default: home and errors)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    main()
