"""What was proven -> the Markdown of the site. Knows neither MkDocs nor torch.

`pages` is pure; `write` puts its result below docs/, and `missing` finds what a build left out.
`verbatim` is pure, too; `put` writes its result into the built site, past MkDocs.
"""

from provenfix.render.files import Report, missing, put, write
from provenfix.render.pages import pages
from provenfix.render.verbatim import verbatim

__all__ = ["Report", "missing", "pages", "put", "verbatim", "write"]
