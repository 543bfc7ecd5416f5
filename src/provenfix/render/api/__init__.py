"""Where everything stands -> the JSON of /api/v1/. Pure; one document a module, models in one.

Within version 1 keys and files are only ever added: what is removed, renamed or means something
else needs a version 2 beside it.
"""

from provenfix.render.api.documents import Part, document, documents, shared

__all__ = ["Part", "document", "documents", "shared"]
