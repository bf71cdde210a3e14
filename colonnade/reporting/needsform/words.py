"""Words of the workbook that its writer and its reader share, in whichever language it was taken."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.needs.intake.columns import COLUMNS, SHEETS, Part

#: The hidden sheets with what stood in the workbook when it was taken.
BASES: Final[Mapping[Part, str]] = {Part.ASSESSMENTS: "_base_assessments", Part.NEEDS: "_base_needs"}
#: What stands where the State keeps a value to itself.
MARKS: Final = gettext_noop("(kept by the State)")


def kept_in_words() -> str:
    """That mark, in the language of the moment."""
    return _(MARKS)


def folded(text: str) -> str:
    """A title as it is compared: case and blanks do not count."""
    return " ".join(text.split()).casefold()


def in_every_language(text: str) -> set[str]:
    """A text as it reads in each language of the pages, folded."""
    found = {folded(text)}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(folded(_(text)))
    return found


def sheets_by_name() -> dict[str, Part]:
    """Names of sheets in every language; Excel keeps 31 characters of them."""
    return {name[:31].strip(): part for part in Part for name in in_every_language(SHEETS[part])}


def columns_by_title(part: Part) -> dict[str, str]:
    """Titles of columns in every language, and the columns' own names."""
    found: dict[str, str] = {}
    for column in COLUMNS[part]:
        found[column.name] = column.name
        found |= dict.fromkeys(in_every_language(column.title), column.name)
    return found
