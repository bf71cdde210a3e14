"""The writes of mergings: proposed, agreed to by each lead entity, and made by a second person; or declined."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.merging.access import MERGED, own_sides, why_not_propose_merging
from colonnade.analysis.merging.comparing import GROUPS, Question, questions_about, shared, undecided
from colonnade.analysis.merging.joined import Joined, every
from colonnade.analysis.merging.saying import say_same, take_back_same
from colonnade.analysis.merging.table import RELATIONS
from colonnade.analysis.merging.workflow import WORKFLOW
from colonnade.analysis.models import Merging
from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Viewer
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.portfolio.models import Project
from colonnade.review.models import ProjectResult

_LONGEST = 5_000


class MergingRefused(ValueError):
    """What was asked for may not be done; the text says why."""


class MergingChanged(ValueError):
    """A record, or the proposal, changed since it was read; nothing is written."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed one of the two records meanwhile. Look at the differences again."))


@dataclass(frozen=True, slots=True)
class Seen:
    """The versions of the two records that a person looked at."""

    kept: int
    merged: int


@action
def propose_merging(
    *,
    kept: Project,
    merged: Project,
    reason: str,
    choices: Mapping[str, str],
    seen: Seen,
    person: Person,
    actor: Actor,
) -> Merging:
    """Propose that ``merged`` becomes one with ``kept``. A focal point thereby agrees for their own side.

    Raises :class:`MergingRefused`, and :class:`MergingChanged` where somebody wrote to a record meanwhile.
    """
    viewer = viewer_for(person, timezone.localdate())
    one, other = _locked_pair(viewer, kept, merged)
    _insist(why_not_propose_merging(viewer, one, other))
    _insist(_why_never_one(one, other))
    if (one.version, other.version) != (seen.kept, seen.merged):
        raise MergingChanged
    if not reason.strip():
        raise MergingRefused(_("Say why the two are one project."))
    questions = shared(questions_about(one, other, lambda model: model.objects.visible_to(viewer)))
    _insist_on_choices(questions, choices)
    merging = Merging(
        kept=one,
        merged=other,
        reason=reason.strip()[:_LONGEST],
        choices={each.key: each.chosen(choices) for each in questions},
        proposed_by=person,
    )
    _agree(viewer, merging, person)
    try:
        with transaction.atomic():
            merging.save()
    except IntegrityError:
        raise MergingRefused(_("It is proposed already that this record is merged.")) from None
    say_same(viewer, merging)
    return merging


@action
def agree_to_merging(*, merging: Merging, seen_version: int, person: Person, actor: Actor) -> Merging:
    """Say for a lead entity that it is the same project. Raises :class:`MergingRefused` and :class:`MergingChanged`."""
    viewer, current = _locked(merging, person, seen_version, "agree")
    _agree(viewer, current, person)
    say_same(viewer, current)
    return _saved(current)


@action
def decline_merging(
    *,
    merging: Merging,
    reason: str,
    seen_version: int,
    person: Person,
    actor: Actor,
) -> Merging:
    """Say that the two are not to be one: the pair is to be decided again. Raises as :func:`agree_to_merging`."""
    return _ended("decline", merging, reason, seen_version, person)


@action
def withdraw_merging(
    *,
    merging: Merging,
    reason: str,
    seen_version: int,
    person: Person,
    actor: Actor,
) -> Merging:
    """Take back what oneself proposed. Raises as :func:`agree_to_merging`."""
    return _ended("withdraw", merging, reason, seen_version, person)


@action
def merge_projects(
    *,
    merging: Merging,
    choices: Mapping[str, str],
    seen: Seen,
    seen_version: int,
    person: Person,
    actor: Actor,
) -> Project:
    """Make the two records one, with ``choices``; return the one that is kept.

    Nothing is deleted: the other record is ended, keeps what it said, and leads to the kept one. What the person may
    not see moves as well. Raises :class:`MergingRefused` where something is not chosen yet or may not be, and
    :class:`MergingChanged` where somebody wrote meanwhile.
    """
    _viewer, current = _locked(merging, person, seen_version, "merge")
    one, other = current.kept, current.merged
    _insist(_why_never_one(one, other))
    if (one.version, other.version) != (seen.kept, seen.merged):
        raise MergingChanged
    questions = questions_about(one, other, every)
    _insist_on_choices(questions, choices)
    joined = Joined(one, other, questions, choices, person)
    _take_columns(joined)
    for relation in RELATIONS.values():
        relation.carry(joined)
    one.version += 1
    one.save()
    other.merged_into, other.version = one, other.version + 1
    other.save(update_fields=["merged_into", "version"])
    current.choices = {each.key: each.chosen(choices) for each in shared(questions)}
    current.standing = WORKFLOW["merge"].target
    current.ended_by, current.ended_at = person, timezone.now()
    _saved(current)
    return one


def _take_columns(joined: Joined) -> None:
    """Give the kept record the columns that were chosen from the other."""
    for question in joined.questions:
        if question.kind == "field" and joined.chosen(question.key) == MERGED:
            for name in GROUPS[question.key][1]:
                setattr(joined.kept, name, getattr(joined.merged, name))


def _locked_pair(viewer: Viewer, kept: Project, merged: Project) -> tuple[Project, Project]:
    """Both records, locked in the order of their keys, as far as ``viewer`` may see them."""
    seen = Project.objects.visible_to(viewer).filter(pk__in=(kept.pk, merged.pk)).select_related("lead_entity")
    found = {each.pk: each for each in seen.order_by("pk").select_for_update(of=("self",))}
    if kept.pk == merged.pk or len(found) < 2:
        raise MergingRefused(_("Name two records of projects."))
    return found[kept.pk], found[merged.pk]


def _why_never_one(kept: Project, merged: Project) -> str | None:
    """What two records cannot be to be one project."""
    if merged.pk in _above(kept) or kept.pk in _above(merged):
        return _("One of the two is a part of the other: those are related, and not the same.")
    restricted = [each for each in (kept, merged) if each.level == Level.RESTRICTED]
    if len(restricted) == 2 and kept.state_id != merged.state_id:
        return _("Both are confidential, at the wish of different States.")
    published = every(ProjectResult).filter(project__in=(kept, merged), withdrawn_at__isnull=True)
    if published.values("project").distinct().count() == 2:
        return _("Both have published results: withdraw one of them first.")
    return None


def _above(project: Project) -> set[int]:
    """The keys of the projects that this one is a part of."""
    found: set[int] = set()
    parent = project.parent_id
    while parent is not None and parent not in found:
        found.add(parent)
        parent = every(Project).filter(pk=parent).values_list("parent_id", flat=True).get()
    return found


def _agree(viewer: Viewer, merging: Merging, person: Person) -> None:
    for side in own_sides(viewer, merging):
        setattr(merging, f"{side}_agreed_by", person)
        setattr(merging, f"{side}_agreed_at", timezone.now())


def _locked(merging: Merging, person: Person, seen_version: int, step: str) -> tuple[Viewer, Merging]:
    viewer = viewer_for(person, timezone.localdate())
    rows = Merging.objects.visible_to(viewer).filter(pk=merging.pk)
    current = rows.select_for_update(of=("self",)).first()
    if current is None:
        raise MergingRefused(_("There is no such proposal among those that you may read."))
    if current.standing == Merging.Standing.PROPOSED:
        current.kept, current.merged = _locked_pair(viewer, current.kept, current.merged)
    _insist(WORKFLOW[step].why_not(viewer, current))
    if current.version != seen_version:
        raise MergingChanged
    return viewer, current


def _ended(step: str, merging: Merging, reason: str, seen_version: int, person: Person) -> Merging:
    _viewer, current = _locked(merging, person, seen_version, step)
    if not reason.strip():
        raise MergingRefused(_("Say why."))
    current.standing = WORKFLOW[step].target
    current.ended_by, current.ended_at = person, timezone.now()
    current.ended_because = reason.strip()[:_LONGEST]
    take_back_same(current)
    return _saved(current)


def _saved(merging: Merging) -> Merging:
    merging.version += 1
    merging.save()
    return merging


def _insist_on_choices(questions: list[Question], choices: Mapping[str, str]) -> None:
    if waiting := undecided(questions, choices):
        titles = ", ".join(_(each.title) for each in waiting)
        raise MergingRefused(_("Choose what is to stand: %(fields)s.") % {"fields": titles})


def _insist(why_not: str | None) -> None:
    if why_not:
        raise MergingRefused(why_not)
