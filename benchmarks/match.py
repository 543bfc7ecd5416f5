"""How fast a paste is matched: in Python, and in Chromium with the processor slowed four times.

python benchmarks/match.py --help says more.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import random
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from provenfix.load import load
from provenfix.match.export import as_text, signatures
from provenfix.match.matcher import Matcher

ROOT = Path(__file__).parents[1]
SYNTHETIC, SLOWED, RUNS = 500, 4, 60
REQUIRED = {"texts_a_second": 2_000, "p95_ms": 50, "gzip_bytes": 30 * 1024, "freeze_ms": 200}

EXAMPLES = """\
examples:
  python benchmarks/match.py
  python benchmarks/match.py --json

Other work on the machine disturbs it. Exit status: 0 measured; 1 Chromium is missing.
"""
_SAMPLES = {
    **{r"[^\]]*": "2, 3", "[^']*": "f.<lambda>", "[A-Z][A-Za-z]+": "Float", "[A-Za-z_0-9]+": "bmm"},
    **{
        "[a-z0-9_]+": "out",
        r"[\w.: ]+": "torch.FloatTensor",
        r"[\w.]+": "a.B",
        r"[\w:]+": "cuda:0",
    },
    **{r"[\d.]+": "2.5", r"\d+": "3", r"\w+": "GiB", "(?:Tensor|Variable)": "Tensor"},
    **{"-?": "", ".?": "", "(?:": "", "|": " "},
}
"""What stands for the variable parts of patterns."""
_MEASURE = """async ([address, exported, text, runs]) => {
  const { compile } = await import(address);
  let start = performance.now();
  const matcher = compile(exported);
  const compiled = performance.now() - start;
  const first = performance.now();
  matcher.match(text);
  const cold = performance.now() - first;
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    start = performance.now();
    matcher.match(`${run}\\n${text}`);
    times.push(performance.now() - start);
  }
  return { compiled, cold, times };
}"""
_FREEZES = """async ([address, exported]) => {
  const { compile } = await import(address);
  const matcher = compile(exported);
  const units = ["a", " ", "\\n", "| ", "\\\\", "a.", "'", "RuntimeError: x\\n", "(pid=", "\\x1b[",
    "🙂", "\\u200b\\u202e", "训练", "Can't pickle local object '", "tensorflow torch.x\\n",
    "CUDA out of memory. Tried to allocate 1", 'File "x", line 3\\n  foo()\\n', "[rank1]: "];
  return units.map((unit) => {
    const text = unit.repeat(Math.ceil(1e7 / unit.length));
    const start = performance.now();
    matcher.match(text);
    return performance.now() - start;
  });
}"""


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
    options = parser.parse_args()
    if shutil.which("chromium") is None:
        print("chromium:1:1: must be installed (got nothing)", file=sys.stderr)
        print("  tip: apt-get install chromium", file=sys.stderr)
        sys.exit(1)
    entries = [source.entry for source in load(ROOT).sources.values()]
    figures = _measure(signatures(entries))
    if options.json:
        print(json.dumps(figures))
    else:
        Console(highlight=False).print(_table(figures))


def _measure(exported: dict[str, Any]) -> dict[str, float]:
    many = {**exported, "entries": _synthetic(exported["entries"])}
    text = _traceback()
    figures: dict[str, float] = {
        "texts_a_second": _texts_a_second(exported),
        "texts_a_second_synthetic": _texts_a_second(many),
        "gzip_bytes": len(gzip.compress(as_text(many).encode(), 9)),
    }
    with _page() as (page, address):
        for name, data in (("all", exported), ("synthetic", many)):
            found = page.evaluate(_MEASURE, [address, data, text, RUNS])
            times = sorted(found["times"])
            figures[f"{name}_p50_ms"] = statistics.median(times)
            figures[f"{name}_p95_ms"] = times[int(0.95 * len(times))]
            figures[f"{name}_first_ms"] = found["cold"]
            figures[f"{name}_compile_ms"] = found["compiled"]
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 1})
        figures["freeze_ms"] = max(page.evaluate(_FREEZES, [address, exported]))
    return {name: round(figure, 2) for name, figure in figures.items()}


def _texts_a_second(exported: dict[str, Any]) -> float:
    """Typical texts, of 5 to 60 lines: tracebacks with known and unknown errors, and logs."""
    matcher = Matcher(exported)
    chance = random.Random(4)
    lasts = [_message(signature) for _, pairs in exported["entries"] for _, signature in pairs]
    texts = [
        _traceback(chance.randrange(2, 29), chance.choice([*lasts, "KeyError: 'weights'"]))
        for _ in range(2_000)
    ]
    start = time.process_time()
    for text in texts:
        matcher.match(text)
    return len(texts) / (time.process_time() - start)


def _traceback(frames: int = 98, last: str = "") -> str:
    """A traceback of two lines a frame, and a few lines of a log before it."""
    lines = ["INFO 01-11 13:09:40 train.py:66] epoch 3, loss 0.731, lr 1e-4"] * (frames // 8)
    lines.append("Traceback (most recent call last):")
    for number in range(frames):
        path = f"/opt/conda/lib/python3.11/site-packages/torch/nn/modules/part_{number}.py"
        lines.append(f'  File "{path}", line {number}, in forward_{number}')
        lines.append(f"    return self.layer_{number}(hidden, mask=mask, device=self.device)")
    last = last or "mat1 and mat2 shapes cannot be multiplied (2x5 and 3x4)"
    return "\n".join([*lines, f"RuntimeError: {last}"])


def _message(pattern: str) -> str:
    """A text much like what a pattern matches."""
    for sign, text in _SAMPLES.items():
        pattern = pattern.replace(sign, text)
    return pattern.replace("\\", "")


def _synthetic(entries: list[Any]) -> list[Any]:
    """As many entries as the project may have, of words like those that there are.

    Each has two wordings that differ in a few words, as real ones do.
    """
    chance = random.Random(5)
    real = [pattern for _, pairs in entries for _, pattern in pairs]
    words = sorted({word for pattern in real for word in pattern.split(" ") if word.isalpha()})
    words += [first + second for first in words[:20] for second in ("_size", "_kernel", "s")]
    made = list(entries)
    while len(made) < SYNTHETIC:
        text = chance.sample(words, chance.randrange(6, 11))
        text.insert(3, chance.choice([r"\d+", r"[\w:]+", r"\(\d+x\d+\)", "'[^']*'"]))
        older = [*text[:-2], chance.choice(words), text[-1]]
        pairs = [["RuntimeError", " ".join(text)], ["RuntimeError", " ".join(older)]]
        made.append(["-".join(text[:3]) + f"-{len(made)}", pairs])
    return made


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the figures alone."""


@contextmanager
def _page() -> Iterator[tuple[Page, str]]:
    """A page with a slow processor, and the address of match.js."""
    handler = functools.partial(_Silent, directory=ROOT / "docs/assets/js")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.goto(address)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        yield page, address + "match.js"
        browser.close()
        server.shutdown()


def _table(figures: dict[str, float]) -> Table:
    table = Table(title="Matching a paste")
    for column in ("figure", "measured", "required"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    limits = REQUIRED | {"all_p95_ms": REQUIRED["p95_ms"], "synthetic_p95_ms": REQUIRED["p95_ms"]}
    for name, figure in figures.items():
        table.add_row(name, f"{figure:,.2f}", f"{limits[name]:,}" if name in limits else "")
    return table


if __name__ == "__main__":
    main()
