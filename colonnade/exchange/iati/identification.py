"""Who publishes an activity, and by what identifiers it is known."""

from dataclasses import dataclass

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.narratives import preferred, read_narratives
from colonnade.exchange.iati.values import Notes, attribute, code, flag, text_of


@dataclass(frozen=True, slots=True)
class ReportingOrganisation:
    """The publisher. ``secondary``: it publishes about work that another organisation reports too.

    ``language`` is that of the name, empty where none is stated.
    """

    ref: str
    name: str
    type: str
    secondary: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class OtherIdentifier:
    """Another identifier of the activity (types A...) or of its publisher (types B...)."""

    ref: str
    type: str
    owner: str


def read_identifier(activity: _Element) -> str:
    """The ``iati-identifier`` without space inside or around it; empty where there is none."""
    element = activity.find("iati-identifier")
    return text_of(element).replace(" ", "") if element is not None else ""


def read_reporting_organisation(activity: _Element, language: str, notes: Notes) -> ReportingOrganisation:
    """The ``reporting-org``; one without ref and name is noted."""
    element = activity.find("reporting-org")
    if element is None:
        notes.add(activity, "", "there is no reporting organisation", "state who publishes the activity")
        return ReportingOrganisation("", "", "", secondary=False)
    name = preferred(read_narratives(element, language, notes))
    found = ReportingOrganisation(
        ref=attribute(element, "ref"),
        name=name.text if name else "",
        type=code(element, "type", codes.ORGANISATION_TYPE, "organisation type", notes),
        secondary=flag(element, "secondary-reporter", notes) or False,
        language=name.language if name else "",
    )
    if not found.ref and not found.name:
        notes.add(element, "", "the reporting organisation has neither ref nor name", "give its identifier", "ref")
    return found


def read_other_identifiers(activity: _Element) -> tuple[OtherIdentifier, ...]:
    """Every ``other-identifier`` that states one."""
    found = []
    for element in activity.findall("other-identifier"):
        owner = element.find("owner-org")
        ref = attribute(element, "ref")
        if ref:
            owner_ref = attribute(owner, "ref") if owner is not None else ""
            found.append(OtherIdentifier(ref, attribute(element, "type"), owner_ref))
    return tuple(found)
