"""What stands of the States that somebody records for, as texts that a workbook can be compared with.

Every read begins at ``visible_to``. What a State keeps to itself is not read: a mark stands where it would.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Entity
from colonnade.needs.assessments.actions import LEVELS
from colonnade.needs.intake.columns import AND, KEPT, Part
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.strategy.models import Mandate, Pillar, Theme

#: Characters of an assessment's identifier by which a workbook calls it.
_SHORT: Final = 8


@dataclass(frozen=True, slots=True)
class Known:
    """A record as it stands: its key, how people call it, its State, and its values as texts."""

    pk: int
    public_id: str
    key: str
    country: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Records of both sheets by what a workbook calls them, in their order."""

    assessments: Mapping[str, Known]
    needs: Mapping[str, Known]

    def of(self, part: Part) -> Mapping[str, Known]:
        """The records of one sheet."""
        return self.assessments if part is Part.ASSESSMENTS else self.needs


@dataclass(frozen=True, slots=True)
class Lists:
    """For each column of codes its codes with their titles: what somebody may write there.

    ``readable`` are further codes that stand in records and are not given to new ones.
    """

    choices: Mapping[tuple[Part, str], Mapping[str, str]]
    readable: Mapping[tuple[Part, str], Mapping[str, str]]

    def all_of(self, part: Part, name: str) -> Mapping[str, str]:
        """Every code that a cell can hold."""
        return {**self.choices.get((part, name), {}), **self.readable.get((part, name), {})}


def records_for(viewer: Viewer) -> QuerySet[Country]:
    """The States that ``viewer`` records for; whether they record at all is for ``access`` to say."""
    if Role.SECRETARIAT in viewer.roles:
        return Country.objects.all()
    return Country.objects.filter(code__in=viewer.country_codes)


def records_as(viewer: Viewer) -> QuerySet[Entity]:
    """The entities that ``viewer`` records as."""
    if Role.SECRETARIAT in viewer.roles:
        return Entity.objects.all()
    return Entity.objects.filter(code__in=viewer.entity_ids)


def standing_for(viewer: Viewer, countries: QuerySet[Country] | None = None) -> Standing:
    """What ``viewer`` may read of the States that they record for, or of some of them. Four questions, whatever the
    number of rows."""
    states = (records_for(viewer) if countries is None else countries).order_by().values("pk")
    visits = list(
        Assessment.objects.visible_to(viewer)
        .filter(country__in=states)
        .select_related("country", "assessor")
        .prefetch_related("mandates")
        .order_by("country__code", "starts_on", "pk")
    )
    needs = list(
        Recommendation.objects.visible_to(viewer)
        .filter(country__in=states)
        .select_related("country", "theme", "pillar")
        .prefetch_related("mandates")
        .order_by("country__code", "issued_on", "reference")
    )
    visit_keys = {each.pk: f"{each.country.code}-{each.public_id[:_SHORT].upper()}" for each in visits}
    references = {each.pk: each.reference for each in needs}
    return Standing(
        {
            visit_keys[each.pk]: Known(each.pk, each.public_id, visit_keys[each.pk], each.country.code, _visit(each))
            for each in visits
        },
        {
            each.reference: Known(
                each.pk, each.public_id, each.reference, each.country.code,
                _need(each, visit_keys.get(each.assessment_id, ""), references),
            )
            for each in needs
        },
    )  # fmt: skip


def _visit(visit: Assessment) -> dict[str, str]:
    return {
        "country": visit.country.code,
        "assessor": visit.assessor.code,
        "kind": visit.kind,
        "starts_on": visit.starts_on.isoformat(),
        "ends_on": visit.ends_on.isoformat(),
        "mandates": _mandates(visit),
        "level": visit.level,
    }


def _need(need: Recommendation, visit: str, references: Mapping[int, str]) -> dict[str, str]:
    values = {
        "assessment": visit,
        "title": need.title,
        "text": as_line_ends(need.text),
        "theme": need.theme.code if need.theme else "",
        "pillar": need.pillar.code if need.pillar else "",
        "mandates": _mandates(need),
        "priority": need.priority,
        "addressee": need.addressee,
        "issued_on": need.issued_on.isoformat(),
        "standing": need.standing,
        "follows": references.get(need.follows_id or 0, ""),
        "level": need.level,
    }
    return {**{name: value.strip() for name, value in values.items()}, **dict.fromkeys(need.confidential_fields, KEPT)}


def as_line_ends(text: str) -> str:
    """Lines as every program ends them for itself."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mandates(row: Assessment | Recommendation) -> str:
    """The codes of its resolutions, which were fetched with all others."""
    return AND.join(sorted(each.code for each in row.mandates.all()))


def lists_for(viewer: Viewer, language: str) -> Lists:
    """What may stand in the columns of codes, titles in ``language``."""
    themes, pillars = (
        {each.code: each.title for each in model._default_manager.all()} for model in (Theme, Pillar)
    )  # fmt: skip
    mandates = {each.code: each.subject for each in Mandate.objects.all()}
    levels = {
        "compact": _("Everybody inside the compact, and its State"),
        "restricted": _("Only its State, its assessors and the secretariat"),
    }
    assert set(levels) == set(LEVELS)
    here, others = Part.ASSESSMENTS, Part.NEEDS
    return Lists(
        {
            (here, "country"): {each.code: each.name_in(language) for each in records_for(viewer)},
            (here, "assessor"): {each.code: each.name for each in records_as(viewer)},
            (here, "kind"): {code: str(title) for code, title in Assessment.Kind.choices},
            (here, "mandates"): mandates,
            (here, "level"): levels,
            (others, "theme"): themes,
            (others, "pillar"): pillars,
            (others, "mandates"): mandates,
            (others, "priority"): {code: str(title) for code, title in Recommendation.Priority.choices},
            (others, "standing"): {code: str(title) for code, title in Recommendation.Standing.choices},
            (others, "level"): levels,
        },
        {
            (here, "assessor"): {each.code: each.name for each in Entity.objects.all()},
            (others, "level"): {"public": _("Public")},
        },
    )
