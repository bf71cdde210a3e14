"""The write of a workbook: everything in it, or nothing. Its number of statements does not grow with its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.identifiers import new_public_id
from colonnade.core.problems import ProblemsFound
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.assessments.access import why_never_record
from colonnade.needs.assessments.actions import AssessmentRefused
from colonnade.needs.intake.columns import AND, KEPT, Holds, Intake, Part, fields_of
from colonnade.needs.intake.comparing import Fate, Outcome, Plan, compare
from colonnade.needs.intake.queries import Known, Standing, records_as, records_for, standing_for
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.strategy.models import Mandate, Pillar, Theme

_WHY: Final = "an action on assessments that locked the States"
_BATCH: Final = 1000
_MODELS: Final[Mapping[Part, type[Assessment] | type[Recommendation]]] = {
    Part.ASSESSMENTS: Assessment,
    Part.NEEDS: Recommendation,
}


class IntakeChanged(AssessmentRefused):
    """What stands is no longer what the person looked at; ``plan`` is what the file would change now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("Somebody changed what stands since you looked. Nothing was taken in: look again."))
        self.plan = plan


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many records were made and how many changed."""

    made: int
    changed: int


def sign(parts: Sequence[str]) -> bytes:
    """A digest of texts that only this registry makes."""
    return salted_hmac("colonnade.needs.intake", "\x1f".join(parts), algorithm="sha256").digest()


@action
def take_in(*, intake: Intake, choices: Mapping[str, str], digest: str, person: Person, actor: Actor) -> TakenIn:
    """Record what a workbook says anew and revise what it says otherwise, in one transaction.

    ``digest`` is of the plan that ``person`` looked at. Raises :class:`AssessmentRefused` where they may not, or have
    not chosen; :class:`IntakeChanged` where the plan is another by now; ``ProblemsFound`` where the file is wrong.
    """
    today = timezone.localdate()
    viewer = viewer_for(person, today)
    if why_not := why_never_record(viewer):
        raise AssessmentRefused(why_not)
    plan, standing = _locked_plan(viewer, intake, choices, today)
    if plan.problems:
        raise ProblemsFound(plan.problems)
    if plan.digest != digest:
        raise IntakeChanged(plan)
    if plan.undecided:
        raise AssessmentRefused(_("Choose what is to stand where both of you changed it."))
    codes = _codes(viewer, plan)
    visits = _make_visits(plan, codes)
    made = _make_needs(plan, codes, visits, standing, viewer)
    changed = sum(_revise(part, plan, codes) for part in Part)
    return TakenIn(len(visits) + made, changed)


def _locked_plan(viewer: Viewer, intake: Intake, choices: Mapping[str, str], today: date) -> tuple[Plan, Standing]:
    """The plan over records that nobody changes meanwhile, nor takes in twice: its States are locked, then its rows."""
    list(records_for(viewer).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    first = compare(intake, standing_for(viewer), choices=choices, sign=sign, today=today)
    for part, model in _MODELS.items():
        keys = [each.known.pk for each in _of(first, part) if each.known]
        locked = model.objects.visible_to(viewer).filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
        list(locked.values_list("pk", flat=True))
    standing = standing_for(viewer)
    return compare(intake, standing, choices=choices, sign=sign, today=today), standing


def _of(plan: Plan, part: Part) -> tuple[Outcome, ...]:
    return plan.assessments if part is Part.ASSESSMENTS else plan.needs


def _codes(viewer: Viewer, plan: Plan) -> Mapping[str, Mapping[str, int]]:
    """Keys by code for each column of codes, of those alone that ``viewer`` may write. A code without one is refused:
    the reader of the file let none through."""
    entities = records_as(viewer)
    known = {each.known.values["assessor"] for each in plan.assessments if each.known}
    kept = Entity.objects.filter(code__in=known)
    rows: dict[str, Any] = {
        "country": records_for(viewer),
        "assessor": entities | kept,
        "theme": Theme.objects.all(),
        "pillar": Pillar.objects.all(),
        "mandates": Mandate.objects.all(),
    }
    return {name: dict(found.order_by().values_list("code", "pk")) for name, found in rows.items()}


def _key(codes: Mapping[str, Mapping[str, int]], name: str, code: str) -> int | None:
    if not code:
        return None
    if code not in codes[name]:
        raise AssessmentRefused(_("%(code)s is not among what you may write here.") % {"code": code})
    return codes[name][code]


def _fields(part: Part, values: Mapping[str, str], codes: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Values of the columns that lie in the row itself, as its model keeps them. What the State keeps is left out."""
    found: dict[str, Any] = {}
    for column in fields_of(part):
        value = values[column.name]
        if value == KEPT or column.holds in (Holds.CODES, Holds.NAME):
            continue
        if column.holds is Holds.DAY:
            found[column.name] = date.fromisoformat(value)
        elif column.name in codes:
            found[f"{column.name}_id"] = _key(codes, column.name, value)
        else:
            found[column.name] = value
    return found


def _insist_on_choices(part: Part, fields: Mapping[str, Any]) -> None:
    allowed: dict[str, Sequence[str]] = (
        {"kind": Assessment.Kind.values}
        if part is Part.ASSESSMENTS
        else {"priority": Recommendation.Priority.values, "standing": Recommendation.Standing.values}
    )
    for name, values in allowed.items():
        if name in fields and fields[name] not in values:
            raise AssessmentRefused(_("%(code)s is not among what you may write here.") % {"code": fields[name]})


def _make_visits(plan: Plan, codes: Mapping[str, Mapping[str, int]]) -> dict[str, Assessment]:
    """The assessments that are new, by what the file calls them."""
    new = [each for each in plan.assessments if each.fate is Fate.NEW]
    taken = _taken(Assessment, new)
    made = []
    for each in new:
        fields = _fields(Part.ASSESSMENTS, each.values, codes)
        _insist_on_choices(Part.ASSESSMENTS, fields)
        made.append(Assessment(public_id=_free(each, taken), **fields))
    Assessment.objects.unscoped(_WHY).bulk_create(made, batch_size=_BATCH)
    _link(Assessment, [(row.pk, each.values["mandates"]) for row, each in zip(made, new, strict=True)], codes)
    return {each.row.key or f"#{each.row.number}": row for each, row in zip(new, made, strict=True)}


def _make_needs(
    plan: Plan,
    codes: Mapping[str, Mapping[str, int]],
    visits: Mapping[str, Assessment],
    standing: Standing,
    viewer: Viewer,
) -> int:
    new = [each for each in plan.needs if each.fate is Fate.NEW]
    kept = Assessment.objects.visible_to(viewer).filter(
        pk__in=[standing.assessments[name].pk for each in new if (name := each.values["assessment"]) not in visits]
    )
    by_key = {each.pk: each for each in kept}
    taken, places = _taken(Recommendation, new), Country.objects.in_bulk([each.country_id for each in visits.values()])
    places |= Country.objects.in_bulk([each.country_id for each in by_key.values()])
    made = []
    for each in new:
        name = each.values["assessment"]
        visit = visits[name] if name in visits else by_key[standing.assessments[name].pk]
        fields = _fields(Part.NEEDS, each.values, codes)
        _insist_on_choices(Part.NEEDS, fields)
        made.append(
            Recommendation(
                public_id=_free(each, taken), assessment_id=visit.pk, country_id=visit.country_id,
                provenance=visit.provenance or Provenance.REPORTED, **fields,
            )
        )  # fmt: skip
    _name(made, {key: place.code for key, place in places.items()})
    Recommendation.objects.unscoped(_WHY).bulk_create(made, batch_size=_BATCH)
    _link(Recommendation, [(row.pk, each.values["mandates"]) for row, each in zip(made, new, strict=True)], codes)
    by_name = {each.row.key: row.pk for each, row in zip(new, made, strict=True) if each.row.key}
    later = []
    for each, row in zip(new, made, strict=True):
        if earlier := each.values["follows"]:
            row.follows_id = by_name.get(earlier) or _earlier(standing, plan, earlier).pk
            later.append(row)
    if later:
        Recommendation.objects.unscoped(_WHY).bulk_update(later, ["follows"], batch_size=_BATCH)
    return len(made)


def _earlier(standing: Standing, plan: Plan, name: str) -> Known:
    """The record that another takes the place of: by its reference, or by what the file calls it."""
    beside = next((each.known for each in plan.needs if each.row.key == name and each.known), None)
    return beside or standing.needs[name]


def _name(made: Sequence[Recommendation], states: Mapping[int, str]) -> None:
    """Give each a reference that no recommendation has: its State, its year, four signs by lot."""
    waiting, given = list(made), set[str]()
    while waiting:
        for each in waiting:
            each.reference = f"{states[each.country_id]}/{each.issued_on.year}/{new_public_id()[:4].upper()}"
        asked = [each.reference for each in waiting]
        taken = set(
            Recommendation.objects.unscoped(_WHY).filter(reference__in=asked).values_list("reference", flat=True)
        )
        again = []
        for each in waiting:
            if each.reference in taken | given:
                again.append(each)
            given.add(each.reference)
        waiting = again


def _taken(model: type[Assessment] | type[Recommendation], new: Sequence[Outcome]) -> set[str]:
    """Identifiers that records have which the person does not see: theirs get others, and nothing tells which."""
    asked = [each.public_id for each in new]
    return set(model.objects.unscoped(_WHY).filter(public_id__in=asked).values_list("public_id", flat=True))


def _free(outcome: Outcome, taken: set[str]) -> str:
    if outcome.public_id in taken:
        return new_public_id()
    taken.add(outcome.public_id)
    return outcome.public_id


def _revise(part: Part, plan: Plan, codes: Mapping[str, Mapping[str, int]]) -> int:
    """Write what rows that stand are to hold; their versions rise."""
    changed = [each for each in _of(plan, part) if each.fate is Fate.CHANGED and each.known]
    changed = [each for each in changed if each.known and _written(each, each.known)]
    model = _MODELS[part]
    rows = model.objects.unscoped(_WHY).in_bulk([each.known.pk for each in changed if each.known])
    names: set[str] = set()
    for each in changed:
        assert each.known is not None
        fields, row = _fields(part, each.values, codes), rows[each.known.pk]
        _insist_on_choices(part, fields)
        for column in _written(each, each.known):
            name = f"{column}_id" if f"{column}_id" in fields else column
            if name in fields:
                setattr(row, name, fields[name])
                names.add(column)
        row.version += 1
    if rows:
        bulk: Any = model.objects.unscoped(_WHY)
        bulk.bulk_update(list(rows.values()), [*sorted(names), "version"], batch_size=_BATCH)
    relinked = [each for each in changed if each.known and "mandates" in _written(each, each.known)]
    _link(model, [(each.known.pk, each.values["mandates"]) for each in relinked if each.known], codes)
    return len(changed)


def _written(outcome: Outcome, known: Known) -> list[str]:
    """The columns in which a row that stands changes."""
    return [
        each.name
        for each in fields_of(outcome.row.part)
        if not each.fixed and outcome.values[each.name] != known.values[each.name]
    ]


def _link(
    model: type[Assessment] | type[Recommendation],
    wanted: Sequence[tuple[int, str]],
    codes: Mapping[str, Mapping[str, int]],
) -> None:
    """Make the resolutions of rows those that the texts name."""
    relation: Any = model._meta.get_field("mandates")
    through, owner = relation.remote_field.through, relation.m2m_column_name()
    keys = [key for key, _text in wanted]
    through._base_manager.filter(**{f"{owner}__in": keys}).delete()
    links: list[Model] = [
        through(**{owner: key, "mandate_id": _key(codes, "mandates", code)})
        for key, text in wanted
        for code in text.split(AND)
        if code
    ]
    through._base_manager.bulk_create(links, batch_size=_BATCH)
