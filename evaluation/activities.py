"""Published activities as records: the IATI files beside the project, for trying overlap on texts that people wrote."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from lxml import etree

from colonnade.analysis.overlap.record import Record

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_STARTS: Final = ("2", "start-actual", "1", "start-planned")
_ENDS: Final = ("4", "end-actual", "3", "end-planned")
_SPACES: Final = re.compile(r"\s+")


def activities(folder: Path) -> list[Record]:
    """All activities of the files in ``folder``, each identifier once, in the order of files and identifiers."""
    found: dict[str, Record] = {}
    for path in sorted(folder.glob("*.xml")):
        for element in elements(path):
            record = record_of(element)
            if record.id and record.title:
                found.setdefault(record.id, record)
    return [found[each] for each in sorted(found)]


def elements(path: Path) -> Iterator[etree._Element]:
    """The elements of activities in a file."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
    yield from etree.parse(path, parser).iter("iati-activity")


def record_of(activity: etree._Element) -> Record:
    """An activity as a record."""
    return Record(
        id=_said(activity, "iati-identifier"),
        entity=next((each.get("ref") or _text(each) for each in activity.findall("reporting-org")), ""),
        title=_said(activity, "title"),
        text=_said(activity, "description"),
        countries=tuple(each.get("code") or _text(each) for each in activity.findall("recipient-country")),
        start=_day(activity, _STARTS),
        end=_day(activity, _ENDS),
        amount=_amount(activity),
    )


def _said(activity: etree._Element, name: str) -> str:
    for element in activity.findall(name):
        said = _text(element)
        if said and (element.get(_LANGUAGE) or "en").startswith("en"):
            return said
    return next((said for element in activity.findall(name) if (said := _text(element))), "")


def _text(element: etree._Element) -> str:
    return _SPACES.sub(" ", " ".join(str(part) for part in element.itertext())).strip()


def _day(activity: etree._Element, types: tuple[str, ...]) -> date | None:
    days = {each.get("type", ""): each.get("iso-date", "") for each in activity.findall("activity-date")}
    for type_ in types:
        try:
            return date.fromisoformat(days.get(type_, "")[:10])
        except ValueError:
            continue
    return None


def _amount(activity: etree._Element) -> float | None:
    for path in ("budget/value", "transaction/value"):
        try:
            total = sum(float(_text(each).replace(",", "") or 0) for each in activity.findall(path))
        except ValueError:
            continue
        if total > 0:
            return total
    return None
