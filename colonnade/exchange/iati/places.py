"""Where an activity works: recipient countries and regions with their shares, and locations."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.narratives import name_of
from colonnade.exchange.iati.values import Notes, add_up, attribute, code, percentage


@dataclass(frozen=True, slots=True)
class RecipientCountry:
    """A country (ISO 3166-1 alpha-2) and its share of the activity in per cent, where one is published."""

    code: str
    percentage: Decimal | None


@dataclass(frozen=True, slots=True)
class RecipientRegion:
    """A region of a vocabulary (1 OECD DAC, 2 UN M49, 99 the publisher's own), with its share in per cent."""

    code: str
    vocabulary: str
    name: str
    percentage: Decimal | None


@dataclass(frozen=True, slots=True)
class Location:
    """A place below the country. ``latitude`` and ``longitude`` are WGS84 degrees, both or neither."""

    ref: str
    name: str
    vocabulary: str
    code: str
    latitude: Decimal | None
    longitude: Decimal | None


def read_country(element: _Element, notes: Notes) -> RecipientCountry | None:
    """One ``recipient-country``, of an activity or of a transaction."""
    found = code(element, "code", codes.COUNTRY, "country", notes)
    return RecipientCountry(found, percentage(element, notes)) if found else None


def read_region(element: _Element, language: str, notes: Notes) -> RecipientRegion | None:
    """One ``recipient-region``. Codes of the DAC vocabulary are checked; those of the publisher's own are kept."""
    vocabulary = attribute(element, "vocabulary") or "1"
    if vocabulary == "1":
        found = code(element, "code", codes.DAC_REGION, "DAC region", notes)
    else:
        found = attribute(element, "code")
    if not found:
        return None
    return RecipientRegion(found, vocabulary, name_of(element, language, notes), percentage(element, notes))


def read_places(
    activity: _Element, language: str, notes: Notes
) -> tuple[tuple[RecipientCountry, ...], tuple[RecipientRegion, ...]]:
    """Countries and regions. Together their shares make 100; where they do not, all shares are left out and noted."""
    countries = [read_country(element, notes) for element in activity.findall("recipient-country")]
    regions = [read_region(element, language, notes) for element in activity.findall("recipient-region")]
    sound_countries = tuple(one for one in countries if one)
    sound_regions = tuple(one for one in regions if one)
    of_vocabulary: dict[str, list[Decimal | None]] = defaultdict(list)
    for region in sound_regions:
        of_vocabulary[region.vocabulary].append(region.percentage)
    of_countries = [country.percentage for country in sound_countries]
    if all(add_up([*of_countries, *shares]) for shares in (of_vocabulary.values() or [[]])):
        return sound_countries, sound_regions
    total = sum((share for share in of_countries if share is not None), Decimal(0))
    total += sum((region.percentage or Decimal(0) for region in sound_regions), Decimal(0))
    notes.add(
        activity,
        str(total),
        "the shares of countries and regions do not add up to 100; all are left out",
        "state shares that add up to 100, or none",
        "recipient-country/@percentage",
    )
    return (
        tuple(replace(country, percentage=None) for country in sound_countries),
        tuple(replace(region, percentage=None) for region in sound_regions),
    )


def read_locations(activity: _Element, language: str, notes: Notes) -> tuple[Location, ...]:
    """Every ``location``. A position that is none on Earth is noted and left out."""
    found = []
    for element in activity.findall("location"):
        name = element.find("name")
        identifier = element.find("location-id")
        latitude, longitude = _position(element, notes)
        found.append(
            Location(
                ref=attribute(element, "ref"),
                name=name_of(name, language, notes) if name is not None else "",
                vocabulary=attribute(identifier, "vocabulary") if identifier is not None else "",
                code=attribute(identifier, "code") if identifier is not None else "",
                latitude=latitude,
                longitude=longitude,
            )
        )
    return tuple(found)


def _position(location: _Element, notes: Notes) -> tuple[Decimal | None, Decimal | None]:
    element = location.find("point/pos")
    if element is None:
        return None, None
    words = (element.text or "").split()
    try:
        latitude, longitude = (Decimal(word) for word in words)
    except (ValueError, ArithmeticError):
        latitude = longitude = Decimal("NaN")
    if not (latitude.is_finite() and longitude.is_finite() and abs(latitude) <= 90 and abs(longitude) <= 180):
        notes.add(element, " ".join(words), "not a position; it is left out", "write latitude and longitude in degrees")
        return None, None
    return latitude, longitude
