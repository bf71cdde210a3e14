"""Who takes part in an activity: participating organisations with their roles, and the two ends of a transaction."""

from dataclasses import dataclass

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.narratives import name_of
from colonnade.exchange.iati.values import Notes, attribute, code


@dataclass(frozen=True, slots=True)
class ParticipatingOrganisation:
    """An organisation and its role. ``activity_id``: the identifier under which it publishes the same work."""

    role: str
    ref: str
    name: str
    type: str
    activity_id: str


@dataclass(frozen=True, slots=True)
class TransactionOrganisation:
    """The provider or the receiver of a transaction."""

    ref: str
    name: str
    type: str
    activity_id: str


def read_participating_organisations(
    activity: _Element, language: str, notes: Notes
) -> tuple[ParticipatingOrganisation, ...]:
    """Every participating organisation that has a role, and a ref or a name."""
    found = []
    for element in activity.findall("participating-org"):
        role = code(element, "role", codes.ORGANISATION_ROLE, "organisation role", notes)
        ref, name = attribute(element, "ref"), name_of(element, language, notes)
        if not role or not (ref or name):
            notes.add(
                element, ref or name, "an organisation without role or name; it is left out", "state role, ref and name"
            )
            continue
        found.append(
            ParticipatingOrganisation(role, ref, name, _type(element, notes), attribute(element, "activity-id"))
        )
    return tuple(found)


def read_transaction_organisation(element: _Element, language: str, notes: Notes) -> TransactionOrganisation | None:
    """A ``provider-org`` or ``receiver-org``; ``None`` where it says neither ref nor name."""
    tag = str(element.tag)
    ref, name = attribute(element, "ref"), name_of(element, language, notes)
    if not (ref or name):
        return None
    activity_id = attribute(element, tag.replace("-org", "-activity-id"))
    return TransactionOrganisation(ref, name, _type(element, notes), activity_id)


def _type(element: _Element, notes: Notes) -> str:
    return code(element, "type", codes.ORGANISATION_TYPE, "organisation type", notes)
