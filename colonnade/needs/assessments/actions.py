"""Writes of assessments and of what they recommend.

A recommendation gets its reference when it is recorded: the State's code, the year of issue, and four signs by lot.
They are no running number, whose gaps would tell how many recommendations a State keeps to itself. What it keeps stays
where it is: a revision touches none of those fields.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Level, Viewer
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.assessments.access import why_not_record, why_not_revise
from colonnade.needs.keepable import KEEPABLE
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.strategy.models import Mandate, Pillar, Theme

_WHY: Final = "an action on assessments that locked the State"
_LONGEST: Final = 20_000
#: Circles that a recommendation can be recorded for; it is published only with its State's consent.
LEVELS: Final = (Level.COMPACT, Level.RESTRICTED)


class AssessmentRefused(ValueError):
    """What was asked for may not be done; the text says why."""


@dataclass(frozen=True, slots=True)
class Mission:
    """A visit or a desk review: by whom, of what kind, from when to when, under which resolutions."""

    assessor: Entity
    kind: str
    starts_on: date
    ends_on: date
    mandates: Collection[Mandate] = ()

    def insist(self) -> None:
        """Raise :class:`AssessmentRefused` where it could not have been."""
        if self.kind not in Assessment.Kind.values:
            raise AssessmentRefused(_("Say whether it was a visit, a follow-up visit or a desk review."))
        if self.ends_on < self.starts_on:
            raise AssessmentRefused(_("It would end before it begins."))
        if self.ends_on > timezone.localdate():
            raise AssessmentRefused(_("It is recorded once it has ended: its last day is still to come."))


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended. ``follows`` is the earlier version that it takes the place of, if any."""

    title: str
    text: str
    priority: str
    theme: Theme | None = None
    pillar: Pillar | None = None
    addressee: str = ""
    mandates: Collection[Mandate] = ()
    follows: Recommendation | None = None

    def insist(self) -> None:
        """Raise :class:`AssessmentRefused` where it says too little."""
        if not self.title.strip() or not self.text.strip():
            raise AssessmentRefused(_("A recommendation has a title and a text."))
        if self.priority not in Recommendation.Priority.values:
            raise AssessmentRefused(_("Say how urgent it is."))

    def values(self) -> dict[str, Any]:
        """The fields of a recommendation that a State could keep to itself."""
        return {
            "title": self.title.strip()[:1000],
            "text": self.text.strip()[:_LONGEST],
            "priority": self.priority,
            "theme": self.theme,
            "pillar": self.pillar,
            "addressee": self.addressee.strip()[:1000],
        }


@action
def record_assessment(*, country: Country, mission: Mission, level: str, person: Person, actor: Actor) -> Assessment:
    """Record that ``country`` was assessed. Raises :class:`AssessmentRefused`."""
    _insist(why_not_record(viewer_for(person, timezone.localdate()), country))
    mission.insist()
    _insist_on(level)
    made = Assessment.objects.unscoped(_WHY).create(
        country=country, assessor=mission.assessor, kind=mission.kind, level=level,
        starts_on=mission.starts_on, ends_on=mission.ends_on,
    )  # fmt: skip
    made.mandates.set(mission.mandates)
    return made


@action
def record_recommendation(
    *, assessment: Assessment, advice: Advice, issued_on: date, level: str, person: Person, actor: Actor
) -> Recommendation:
    """Record what ``assessment`` recommends. A version that it follows is withdrawn, since this one stands for it.

    It is as closely kept as its assessment, or more. Raises :class:`AssessmentRefused`.
    """
    viewer = viewer_for(person, timezone.localdate())
    found = Assessment.objects.visible_to(viewer).select_related("country").filter(pk=assessment.pk).first()
    if found is None:
        raise AssessmentRefused(_("There is no such assessment among those that you may read."))
    _insist(why_not_record(viewer, found.country))
    advice.insist()
    _insist_on(level)
    if issued_on < found.starts_on:
        raise AssessmentRefused(_("It would be issued before the assessment began."))
    if issued_on > timezone.localdate():
        raise AssessmentRefused(_("It cannot have been issued on a day that is still to come."))
    if found.level == Level.RESTRICTED and level != Level.RESTRICTED:
        raise AssessmentRefused(
            _("What a confidential assessment recommends is confidential until its State consents.")
        )
    if advice.follows is not None:
        _take_its_place(viewer, advice.follows, found.country)
    made = Recommendation.objects.unscoped(_WHY).create(
        reference=_new_reference(found.country, issued_on.year), assessment=found, country=found.country, level=level,
        issued_on=issued_on, follows=advice.follows, provenance=found.provenance, **advice.values(),
    )  # fmt: skip
    made.mandates.set(advice.mandates)
    return made


@action
def revise_recommendation(
    *, need: Recommendation, advice: Advice, standing: str, seen_version: int, person: Person, actor: Actor
) -> Recommendation:
    """Give a recommendation other words, or another standing. Fields that its State keeps stay as they are.

    Raises :class:`AssessmentRefused`, also where somebody changed it since ``seen_version``.
    """
    viewer = viewer_for(person, timezone.localdate())
    seen = Recommendation.objects.visible_to(viewer).select_related("country")
    current = seen.select_for_update(of=("self",)).filter(pk=need.pk).first()
    if current is None:
        raise AssessmentRefused(_("There is no such recommendation among those that you may read."))
    _insist(why_not_revise(viewer, current))
    if current.version != seen_version:
        raise AssessmentRefused(_("Somebody changed the recommendation since you opened this page. Look at it again."))
    if standing not in Recommendation.Standing.values:
        raise AssessmentRefused(_("There is no such standing."))
    kept = set(current.confidential_fields)
    if "priority" not in kept and advice.priority not in Recommendation.Priority.values:
        raise AssessmentRefused(_("Say how urgent it is."))
    for name, value in advice.values().items():
        if name not in kept:
            setattr(current, name, value)
    if not ("title" in kept or current.title) or not ("text" in kept or current.text):
        raise AssessmentRefused(_("A recommendation has a title and a text."))
    current.standing = standing
    current.version += 1
    current.save(update_fields=[*KEEPABLE, "standing", "version"])
    current.mandates.set(advice.mandates)
    return current


def _take_its_place(viewer: Viewer, earlier: Recommendation, country: Country) -> None:
    seen = Recommendation.objects.visible_to(viewer).select_for_update(of=("self",))
    current = seen.filter(pk=earlier.pk, country=country, standing=Recommendation.Standing.OPEN).first()
    if current is None:
        raise AssessmentRefused(_("It can follow an open recommendation to the same State only."))
    current.standing = Recommendation.Standing.WITHDRAWN
    current.version += 1
    current.save(update_fields=["standing", "version"])


def _new_reference(country: Country, year: int) -> str:
    """The State's code, the year, and four signs that no recommendation has after them."""
    while True:
        reference = f"{country.code}/{year}/{new_public_id()[:4].upper()}"
        if not Recommendation.objects.unscoped(_WHY).filter(reference=reference).exists():
            return reference


def _insist_on(level: str) -> None:
    if level not in LEVELS:
        raise AssessmentRefused(_("Say who reads it: the compact, or only its State and its assessors."))


def _insist(why_not: str | None) -> None:
    if why_not:
        raise AssessmentRefused(why_not)
