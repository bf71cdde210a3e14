"""What of a project's links its people state by hand: States, regions, partners, areas, thematic priorities. Pure.

A statement is a set of links, each with its share where it has one. Two people who state them at the same time add and
take away beside one another; only a link that both stated differently is a question for them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

from django.utils.translation import gettext as _

from colonnade.core.merging import merge

WHOLE: Final = Decimal(100)


class Linked(StrEnum):
    """What a project is linked to."""

    COUNTRY = "country"
    REGION = "region"
    PARTNER = "partner"
    AREA = "area"
    THEME = "theme"


#: What identifies a link: the key of what it leads to; of a partner its key (empty for one not listed), name and role.
Key: TypeAlias = tuple[int | str | None, ...]
#: Links and their share in per cent, empty where none was reported.
Links: TypeAlias = Mapping[Key, Decimal | None]
Statement: TypeAlias = Mapping[Linked, Links]


class LinksRefused(ValueError):
    """A project could not be linked so; the text says why."""


@dataclass(frozen=True, slots=True)
class Torn:
    """A link that two people stated differently: ``theirs`` stands in the registry (``None``: it was taken away)."""

    of: Linked
    key: Key
    theirs: str | None


class LinksChanged(ValueError):
    """Somebody else stated some of the same links differently since they were read; nothing is written."""

    def __init__(self, torn: tuple[Torn, ...]) -> None:
        super().__init__(
            _("Somebody else changed some of these at the same time: look at what stands, and save again.")
        )
        self.torn = torn


def joined(base: Statement, theirs: Statement, mine: Statement) -> dict[Linked, dict[Key, Decimal | None]]:
    """What stands after ``mine`` was stated over ``base`` while the registry has come to ``theirs``.

    A kind that is not in ``mine`` is left as it is.

    :raises LinksChanged: naming every link that both sides changed, each to something else.
    """
    found: dict[Linked, dict[Key, Decimal | None]] = {}
    torn: list[Torn] = []
    for of, own in mine.items():
        keys = dict.fromkeys((*theirs.get(of, {}), *base.get(of, {}), *own))
        before, standing, typed = (_told(side.get(of, {}), keys) for side in (base, theirs, mine))
        merged = merge(before, standing, typed)
        torn += [Torn(of, key, standing[key]) for key in merged.conflicts]
        found[of] = {key: _share(text) for key, text in merged.values.items() if text is not None}
    if torn:
        raise LinksChanged(tuple(torn))
    return found


def _told(links: Links, keys: Iterable[Key]) -> dict[Key, str | None]:
    """Each of ``keys`` as one value: its share in words, empty without one, ``None`` where there is no such link."""
    return {key: _words(links[key]) if key in links else None for key in keys}


def _words(share: Decimal | None) -> str:
    return "" if share is None else f"{share.normalize():f}"


def _share(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def why_not_linked(stated: Statement) -> str | None:
    """Whether shares could be so: each from 0 to 100, and all of the States and regions together at most 100."""
    places = [share for of in (Linked.COUNTRY, Linked.REGION) for share in stated.get(of, {}).values()]
    known = [share for share in places if share is not None]
    if any(not 0 <= share <= WHOLE for share in known):
        return _("A share is from 0 to 100 per cent.")
    if sum(known, Decimal(0)) > WHOLE:
        return _("The shares of States and regions come to %(sum)s per cent: together they are at most 100.") % {
            "sum": _words(sum(known, Decimal(0)))
        }
    return None
