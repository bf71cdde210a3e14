"""What every row of a pack carries: where it comes from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from colonnade.packs.columns import Cell


class SourceKind(StrEnum):
    """Whether the row comes from the strategy's own report, or from another public source."""

    REPORT = "report"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A row that names the paragraph, or the public source, that it comes from."""

    source: Annotated[str, Cell("Document and paragraph (A/74/677 annex II para. 63), or the public source by name")]
    source_kind: Annotated[SourceKind, Cell("Whether the source is the strategy's report or another public one")]
    note: Annotated[str | None, Cell("What a reader should know about the row: a doubt, a second source, a wording")]
