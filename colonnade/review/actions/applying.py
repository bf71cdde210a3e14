"""Writes of those who apply: a proposal is begun, written with others, section by section."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Recommendation
from colonnade.portfolio.models import Project, ProjectCountry, ProjectRegion, ProjectTheme
from colonnade.review.access import why_not_apply, why_not_write
from colonnade.review.amending import why_not_amend
from colonnade.review.models import WITH_THE_APPLICANT, Call, Proposal, Standing
from colonnade.review.sections import SECTIONS, Section
from colonnade.review.writing import (
    CHOSEN,
    WRITTEN,
    ProposalChanged,
    ProposalRefused,
    why_not_so,
    without_other_origins,
)

_WHY: Final = "an action of review"


@action
def begin_proposal(
    *, call: Call, entity: Entity, title: str, person: Person, project: Project | None = None, actor: Actor
) -> Proposal:
    """A draft of ``entity`` in answer to ``call``. What is known of ``project``, which it leads, is written into it.

    :raises ProposalRefused: where ``person`` may not apply for that entity, or the call is not open.
    """
    viewer = viewer_for(person, timezone.localdate())
    current = Call.objects.visible_to(viewer).filter(pk=call.pk).first()
    if current is None:
        raise ProposalRefused(_("There is no such call."))
    insist(why_not_apply(viewer, current))
    if entity.code not in viewer.entity_ids:
        raise ProposalRefused(_("You do not act for this entity."))
    known: dict[str, Any] = {}
    if project is not None:
        project = Project.objects.visible_to(viewer).filter(pk=project.pk, lead_entity=entity).first()
        if project is None:
            raise ProposalRefused(_("There is no such project of this entity."))
        known = _known_of(project)
    title = title.strip() or known.get("title", "")
    insist(None if title else _("A proposal has a title."))
    now = timezone.now()
    proposal = Proposal.objects.unscoped(_WHY).create(
        # What answers an illustrative call illustrates.
        call=current, entity=entity, begun_by=person, begun_at=now, standing_since=now,
        provenance=current.provenance, **{**known, "title": title},
    )  # fmt: skip
    if project is not None:
        proposal.countries.set(
            ProjectCountry.objects.visible_to(viewer).filter(project=project).values_list("country_id", flat=True)
        )
        proposal.regions.set(
            ProjectRegion.objects.visible_to(viewer).filter(project=project).values_list("region_id", flat=True)
        )
        theme = ProjectTheme.objects.visible_to(viewer).filter(project=project).values_list("theme_id", flat=True)
        if first := theme.order_by("theme__position").first():
            Proposal.objects.unscoped(_WHY).filter(pk=proposal.pk).update(theme_id=first)
    return Proposal.objects.unscoped(_WHY).get(pk=proposal.pk)


@action
def begin_amendment(*, proposal: Proposal, person: Person, actor: Actor) -> Proposal:
    """A draft that says what ``proposal``, which is approved, says, for its people to change and send.

    :raises ProposalRefused: where ``person`` may not, or one is on its way.
    """
    viewer = viewer_for(person, timezone.localdate())
    seen = Proposal.objects.visible_to(viewer).select_related("entity", "call")
    current = seen.select_for_update(of=("self",)).get(pk=proposal.pk)
    insist(why_not_amend(viewer, current))
    now = timezone.now()
    return _copied(current, amends=current, begun_by=person, begun_at=now, standing_since=now)


def _copied(proposal: Proposal, **values: Any) -> Proposal:
    """A draft that says what ``proposal`` says, all its lists too."""
    known = {name: getattr(proposal, name) for name in WRITTEN}
    made = Proposal.objects.unscoped(_WHY).create(call=proposal.call, entity=proposal.entity, **{**known, **values})
    for name in CHOSEN:
        getattr(made, name).set(getattr(proposal, name).all())
    for section in SECTIONS.values():
        rows = section.model.objects.unscoped(_WHY).filter(proposal=proposal)
        names = (section.key, *section.columns)
        section.model.objects.unscoped(_WHY).bulk_create(
            section.model(proposal=made, **{name: getattr(row, name) for name in names}) for row in rows
        )
    return made


def _known_of(project: Project) -> dict[str, Any]:
    """What a project says that a proposal asks, so that it is entered once."""
    return {
        "title": project.title,
        "purpose": project.description,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "pillar_id": project.pillar_id,
        "working_group_id": project.working_group_id,
        "scope": project.scope,
    }


@action
def save_proposal(
    *, proposal: Proposal, expected_version: int, changes: Mapping[str, Any], person: Person, actor: Actor
) -> Proposal:
    """Give some of the ``WRITTEN`` fields of ``proposal`` other values, and some of the ``CHOSEN`` sets other members
    (their keys); return it as it stands then. Where nothing is different, nothing is written.

    :raises Proposal.DoesNotExist: where ``person`` may not see it any more.
    :raises ProposalRefused: where they may not write it, or it could not stand like this.
    :raises ProposalChanged: where it has another version than the one that they saw; nothing is written.
    """
    viewer, current = locked(proposal, person, expected_version)
    if unknown := changes.keys() - WRITTEN.keys() - CHOSEN.keys():
        raise ProposalRefused(_("Not written by hand: %(names)s") % {"names": ", ".join(sorted(unknown))})
    wanted = {name: changes.get(name, getattr(current, name)) for name in WRITTEN}
    insist(why_not_so(wanted))
    wanted = without_other_origins(wanted)
    need = wanted["cited_need_id"]
    if need is not None and need != current.cited_need_id:
        seen = Recommendation.objects.visible_to(viewer).filter(pk=need)
        insist(None if seen.exists() else _("There is no such recommendation among those that you may read."))
    different = {name: value for name, value in wanted.items() if getattr(current, name) != value}
    moved = _moved(current, changes, viewer)
    if not different and not moved:
        return current
    for name, value in different.items():
        setattr(current, name, value)
    for name, keys in moved.items():
        getattr(current, name).set(keys)
    current.version += 1
    current.save(update_fields=[*(name.removesuffix("_id") for name in different), "version"])
    return current


def _moved(current: Proposal, changes: Mapping[str, Any], viewer: Viewer) -> dict[str, frozenset[int]]:
    """The sets that become others. Partners are the lead's to choose, or one could hand the proposal on."""
    found = {}
    for name in CHOSEN:
        if name in changes:
            keys = frozenset(changes[name])
            if keys != frozenset(getattr(current, name).values_list("pk", flat=True)):
                found[name] = keys
    if "partners" in found:
        if current.entity.code not in viewer.entity_ids:
            raise ProposalRefused(_("Only the entity that leads the proposal chooses its partners."))
        if current.entity_id in found["partners"]:
            raise ProposalRefused(_("The entity that leads the proposal is no partner of it."))
    return found


@action
def save_section(
    *,
    proposal: Proposal,
    expected_version: int,
    section: Section,
    rows: Sequence[Mapping[str, Any]],
    person: Person,
    actor: Actor,
) -> Proposal:
    """Make ``rows`` what ``section`` of ``proposal`` holds; rows that stay the same are left alone.

    A row has the section's columns, and where it is not known by its place, what it is known by. Raises as
    :func:`save_proposal`.
    """
    _viewer, current = locked(proposal, person, expected_version)
    wanted: dict[Any, Mapping[str, Any]] = {}
    for place, row in enumerate(rows, 1):
        key = place if section.positioned else row[section.key]
        if key in wanted:
            raise ProposalRefused(_("One row stands twice in the list."))
        wanted[key] = {name: row[name] for name in section.columns}
    table = section.model.objects.unscoped(_WHY)
    known: dict[Any, Model] = {getattr(row, section.key): row for row in table.filter(proposal=current)}
    gone = [known[key].pk for key in known.keys() - wanted.keys()]
    changed = [key for key in wanted.keys() & known.keys() if _differs(known[key], wanted[key])]
    new = wanted.keys() - known.keys()
    if not (gone or changed or new):
        return current
    table.filter(pk__in=gone).delete()
    for key in changed:
        table.filter(pk=known[key].pk).update(**wanted[key])
    table.bulk_create(section.model(proposal=current, **{section.key: key}, **wanted[key]) for key in sorted(new))
    current.version += 1
    current.save(update_fields=["version"])
    return current


@action
def save_whole(
    *,
    proposal: Proposal,
    expected_version: int,
    changes: Mapping[str, Any],
    lists: Mapping[str, Sequence[Mapping[str, Any]]],
    person: Person,
    actor: Actor,
) -> Proposal:
    """:func:`save_proposal`, and :func:`save_section` for each of ``lists`` (section -> rows): all, or nothing."""
    whole: dict[str, Any] = {"proposal": proposal, "person": person, "actor": actor}
    current = save_proposal(**whole, expected_version=expected_version, changes=changes)
    for name, rows in lists.items():
        current = save_section(**whole, expected_version=current.version, section=SECTIONS[name], rows=rows)
    return current


def _differs(row: Model, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def locked(proposal: Proposal, person: Person, expected_version: int) -> tuple[Viewer, Proposal]:
    """The viewer that ``person`` is, and the proposal, locked, which they may write and saw as it is."""
    viewer = viewer_for(person, timezone.localdate())
    seen = Proposal.objects.visible_to(viewer).select_related("entity", "call")
    current = seen.select_for_update(of=("self",)).get(pk=proposal.pk)
    insist(why_not_write(viewer, current))
    if Standing(current.standing) not in WITH_THE_APPLICANT:
        raise ProposalRefused(_("The proposal was sent: it is written again only where it is returned."))
    if current.version != expected_version:
        raise ProposalChanged(current)
    return viewer, current


def insist(why_not: str | None) -> None:
    """Raise :class:`ProposalRefused` where there is a reason why not."""
    if why_not:
        raise ProposalRefused(why_not)
