"""What steps of a plan say where that is not somebody's own words: kept as a code with its values, and put into words,
in the reader's language, when it is shown. Pure."""

from dataclasses import dataclass
from typing import Final

_MARK, _BETWEEN = "::", "\n"
#: Codes beside those of what a consent covers.
VERSION_AGREED: Final = "version-agreed"
COSTS_OPEN, COSTS_CLOSED = "costs-open", "costs-closed"
COMPACT_OPEN, COMPACT_CLOSED = "compact-open", "compact-closed"


@dataclass(frozen=True, slots=True)
class Said:
    """A code, the name or number that it is about, and what somebody wrote beside it."""

    code: str
    about: str = ""
    words: str = ""


def kept(said: Said) -> str:
    """As it is kept. Only ``words`` can have several lines."""
    about = " ".join(said.about.split())
    return _BETWEEN.join((f"{_MARK}{said.code}", about, said.words)).rstrip(_BETWEEN)


def read(text: str) -> Said | None:
    """What is kept as a code; ``None`` where a text is somebody's own words."""
    if not text.startswith(_MARK):
        return None
    code, about, words = (*text.removeprefix(_MARK).split(_BETWEEN, 2), "", "")[:3]
    return Said(code, about, words)
