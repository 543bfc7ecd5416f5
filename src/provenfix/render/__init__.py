"""What was proven -> the pages of the site. Knows neither MkDocs nor torch.

`pages`, the Markdown of the site, is pure, and so are `list_pages`, which are HTML already,
`cards`, the pictures' words, and `heads`, which knows what search engines read in a page's head;
`write` puts pages and cards below docs/, and `missing` finds what a build left out. `verbatim` is
pure, too; `put` writes its result into the built site, past MkDocs. `read_site` reads what the
repository's history knows.
"""

from provenfix.render.assemble import Assembly
from provenfix.render.assemble import pages as error_pages
from provenfix.render.cards import cards
from provenfix.render.files import Report, missing, put, write
from provenfix.render.head import heads
from provenfix.render.listed import pages as list_pages
from provenfix.render.pages import pages
from provenfix.render.shell import FRAMES, Frame, cut
from provenfix.render.shell import page_of as frame_page
from provenfix.render.sources import read_site
from provenfix.render.turn import Turn
from provenfix.render.verbatim import llms, verbatim

__all__ = [
    "FRAMES",
    "Assembly",
    "Frame",
    "Report",
    "Turn",
    "cards",
    "cut",
    "error_pages",
    "frame_page",
    "heads",
    "list_pages",
    "llms",
    "missing",
    "pages",
    "put",
    "read_site",
    "verbatim",
    "write",
]
