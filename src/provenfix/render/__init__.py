"""What was proven -> the Markdown of the site. Knows neither MkDocs nor torch.

`pages` is pure; `write` puts its result below docs/, and `missing` finds what a build left out.
"""

from provenfix.render.files import Report, missing, write
from provenfix.render.pages import pages

__all__ = ["Report", "missing", "pages", "write"]
