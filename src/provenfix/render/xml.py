"""XML as text: what a document may not hold is replaced. Pure."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, indent, tostring

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, not even as a reference; runs print some of them."""


def document(root: Element) -> str:
    """An element and all in it as a document."""
    for element in root.iter():
        if element.text:
            element.text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", element.text)
    indent(root)
    body = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'
