"""Makes the fonts of the cards again.

PYTHONPATH=src uv run --no-project --with fonttools==4.68.0 scripts/fonts.py

Needs the Debian packages fonts-noto-cjk and fonts-dejavu-core.
"""

from pathlib import Path

from provenfix.cards import subset

ROOT = Path(__file__).parents[1]
WORDS = (
    *ROOT.glob("entries/*.yaml"),
    *ROOT.glob("entries/*/zh.yaml"),
    *ROOT.glob("src/provenfix/labels.zh.yaml"),
)

if __name__ == "__main__":
    subset.make(Path("/usr/share/fonts"), (path.read_text("utf-8") for path in WORDS))
