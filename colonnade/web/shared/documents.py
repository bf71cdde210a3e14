"""Documents as files: how each kind is written, and what it is called on the way."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from colonnade.reporting.document import Document
from colonnade.reporting.pdf import render_pdf
from colonnade.reporting.word import render_word

#: Ending of a file -> what writes it.
RENDER: Final[Mapping[str, Callable[[Document], bytes]]] = MappingProxyType({"docx": render_word, "pdf": render_pdf})
#: Ending of a file -> its media type.
CONTENT_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
    }
)
