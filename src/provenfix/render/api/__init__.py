"""Where everything stands -> the JSON of /api/v1/. Pure; one document a module, models in one.

Within version 1 keys and files are only ever added: what is removed, renamed or means something
else needs a version 2 beside it.
"""

from provenfix.render.api.documents import checksum, document, documents, shared
from provenfix.render.api.models import IndexEntry

__all__ = ["IndexEntry", "checksum", "document", "documents", "shared"]
