"""What was proven -> the pages of the site. Knows neither MkDocs nor torch.

`generate`, everything but the pages of errors, is pure, and so are `cards`, the pictures' words,
and `heads`, which knows what search engines read in a page's head; `write` puts pages and cards
below docs/, `Assembly` makes the pages of errors and puts them into the site, and `missing` finds
what a build left out. `read_site` reads what the repository's history knows.
"""

from provenfix.render.assemble import Assembly
from provenfix.render.assemble import pages as error_pages
from provenfix.render.cards import cards
from provenfix.render.files import Report, missing, write
from provenfix.render.generated import Generated, generate
from provenfix.render.head import heads
from provenfix.render.shell import FRAMES, Frame, cut
from provenfix.render.shell import page_of as frame_page
from provenfix.render.sources import read_site
from provenfix.render.turn import Made, Turn

__all__ = [
    "FRAMES",
    "Assembly",
    "Frame",
    "Generated",
    "Made",
    "Report",
    "Turn",
    "cards",
    "cut",
    "error_pages",
    "frame_page",
    "generate",
    "heads",
    "missing",
    "read_site",
    "write",
]
