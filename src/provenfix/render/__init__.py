"""What was proven -> the Markdown of the site. Knows neither MkDocs nor torch.

`pages` is pure, and so are `cards`, the pictures' words, and `heads`, which knows what search
engines read in a page's head; `write` puts pages and cards below docs/, and `missing` finds what a
build left out. `verbatim` is pure, too; `put`
writes its result into the built site, past MkDocs. `read_site` reads what the repository's history
knows.
"""

from provenfix.render.assemble import Assembly
from provenfix.render.assemble import pages as error_pages
from provenfix.render.cards import cards
from provenfix.render.files import Report, missing, put, write
from provenfix.render.head import heads
from provenfix.render.pages import pages
from provenfix.render.shell import cut
from provenfix.render.sources import read_site
from provenfix.render.verbatim import lists_and_links, verbatim

__all__ = [
    "Assembly",
    "Report",
    "cards",
    "cut",
    "error_pages",
    "heads",
    "lists_and_links",
    "missing",
    "pages",
    "put",
    "read_site",
    "verbatim",
    "write",
]
