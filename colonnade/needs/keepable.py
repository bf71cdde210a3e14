"""Which fields of a recommendation a State can keep to itself, and how a level stands to another.

The value of a field that is kept is not in the recommendation's own row: it lies in a row of
:class:`~colonnade.needs.models.KeptField`, which only those read whom the State shares it with. So whatever reads
recommendations (a page, a search, a snapshot, raw SQL) meets an empty field, unless it asks for what is kept.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.core.viewer import Level

#: Field -> how people call it.
KEEPABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": gettext_noop("Title"),
        "text": gettext_noop("Text"),
        "addressee": gettext_noop("Addressed to"),
        "priority": gettext_noop("Priority"),
        "theme": gettext_noop("Thematic priority"),
        "pillar": gettext_noop("Pillar"),
    }
)
#: Those that refer to another record, by its code.
BY_CODE: Final = ("theme", "pillar")


def field_title(name: str) -> str:
    """How people call a field, in the reader's language."""
    return _(KEEPABLE[name])


_WIDTH: Final = {Level.RESTRICTED: 0, Level.COMPACT: 1, Level.PUBLIC: 2}


def is_wider(level: str, than: str) -> bool:
    """Whether more people read what stands at ``level`` than what stands at ``than``."""
    return _WIDTH[Level(level)] > _WIDTH[Level(than)]
