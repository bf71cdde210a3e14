"""What an activity is about: sectors of several vocabularies, each with its shares."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from lxml.etree import _Element

from colonnade.exchange.iati.narratives import name_of
from colonnade.exchange.iati.values import Notes, add_up, attribute, percentage

#: OECD DAC purpose codes of five digits: the vocabulary where none is stated.
DAC_PURPOSE: Final = "1"


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector code of a vocabulary, its share in per cent where published, and its name where the file gives one."""

    vocabulary: str
    code: str
    name: str
    percentage: Decimal | None


def read_sector(element: _Element, language: str, notes: Notes) -> Sector | None:
    """One ``sector``, of an activity or of a transaction."""
    found = attribute(element, "code")
    if not found:
        notes.add(element, "", "a sector without a code; it is left out", "give the sector's code", "code")
        return None
    vocabulary = attribute(element, "vocabulary") or DAC_PURPOSE
    return Sector(vocabulary, found, name_of(element, language, notes), percentage(element, notes))


def read_sectors(activity: _Element, language: str, notes: Notes) -> tuple[Sector, ...]:
    """The sectors of an activity. Where the shares of a vocabulary do not make 100 they are left out and noted."""
    found = [read_sector(element, language, notes) for element in activity.findall("sector")]
    sectors = tuple(sector for sector in found if sector)
    shares: dict[str, list[Decimal | None]] = defaultdict(list)
    for sector in sectors:
        shares[sector.vocabulary].append(sector.percentage)
    doubtful = {vocabulary for vocabulary, stated in shares.items() if not add_up(stated)}
    for vocabulary in sorted(doubtful):
        notes.add(
            activity,
            str(sum(share for share in shares[vocabulary] if share is not None)),
            f"the shares of sectors of vocabulary {vocabulary} do not add up to 100; they are left out",
            "state shares that add up to 100, or none",
            "sector/@percentage",
        )
    return tuple(_without_share(sectors, doubtful))


def _without_share(sectors: Iterable[Sector], doubtful: set[str]) -> Iterable[Sector]:
    for sector in sectors:
        yield replace(sector, percentage=None) if sector.vocabulary in doubtful else sector
