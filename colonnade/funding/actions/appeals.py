"""What the secretariat does with an appeal: open it, say what it asks for, launch it, keep its moments, close it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Viewer
from colonnade.funding.actions.booking import WHY, FundRefused, insist
from colonnade.funding.appeal_access import (
    why_not_change,
    why_not_change_entry,
    why_not_keep_moment,
    why_not_run_appeals,
)
from colonnade.funding.appeal_sums import CENT
from colonnade.funding.appeal_workflow import APPEALS
from colonnade.funding.models import Appeal, AppealEntry, AppealMoment, FrozenEntry, FrozenSum
from colonnade.funding.partial_sums import NoPartialSum, read_partial_sums, write_partial_sums
from colonnade.funding.queries.appealing import Toward, entries_in, toward
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.portfolio.models import Project
from colonnade.strategy.models import Pillar


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What an appeal asks for: the fields of an entry that the secretariat writes.

    ``level`` is who reads it once the appeal is launched. ``project`` is ``None`` for one outside the portfolio.
    """

    title: str
    entity: Entity
    pillar: Pillar | None
    requirement_usd: Decimal
    level: str = Level.PUBLIC
    priority: str = ""
    purpose: str = ""
    partial_sums: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    project: Project | None = None


@action
def open_appeal(
    *,
    key: str,
    title: str,
    first_year: int,
    last_year: int,
    person: Person,
    actor: Actor,
    summary: str = "",
    source: str = "",
) -> Appeal:
    """Begin to prepare an appeal. Raises :class:`FundRefused`."""
    insist(why_not_run_appeals(viewer_for(person, timezone.localdate())))
    if not title.strip():
        raise FundRefused(_("Give it a title."))
    if last_year < first_year:
        raise FundRefused(_("It ends before it begins."))
    if Appeal.objects.filter(key=key).exists():
        raise FundRefused(_("There is an appeal at this address already."))
    return Appeal.objects.create(
        key=key,
        title=title.strip(),
        summary=summary.strip(),
        first_year=first_year,
        last_year=last_year,
        standing=Appeal.Standing.DRAFTED,
        source=source.strip() or _("Opened here by the secretariat"),
        source_kind=Appeal.SourceKind.PUBLIC,
    )


@action
def add_entry(
    *, appeal: Appeal, ask: Ask, person: Person, actor: Actor, provenance: str = Provenance.REPORTED
) -> AppealEntry:
    """Ask for money for a project. In a draft it is read inside the compact; else at once as its level says.

    Raises :class:`FundRefused`.
    """
    viewer, appeal = _locked(appeal, person)
    insist(why_not_change(viewer, appeal))
    values = _checked(viewer, appeal, ask)
    drafted = appeal.standing == Appeal.Standing.DRAFTED
    level = values.pop("level")
    return AppealEntry.objects.unscoped(WHY).create(
        appeal=appeal,
        level=_while_drafted(level) if drafted else level,
        level_at_launch=level if drafted else "",
        joined_on=timezone.localdate(),
        provenance=provenance,
        **values,
    )


@action
def change_entry(*, entry: AppealEntry, ask: Ask, seen_version: int, person: Person, actor: Actor) -> AppealEntry:
    """Ask for something else. The project of an entry stays. Raises :class:`FundRefused`, also where somebody else was
    first."""
    viewer, appeal = _locked(entry.appeal, person)
    entry = _locked_entry(entry)
    insist(why_not_change_entry(viewer, appeal, entry))
    if entry.version != seen_version:
        raise FundRefused(_("Somebody changed this while you were writing: look at it again."))
    values = _checked(viewer, appeal, ask, entry=entry)
    del values["project"]
    level = values.pop("level")
    if appeal.standing == Appeal.Standing.DRAFTED:
        values |= {"level": _while_drafted(level), "level_at_launch": level}
    else:
        values |= {"level": level}
    for name, value in values.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.save(update_fields=[*values, "version"])
    return entry


@action
def remove_entry(*, entry: AppealEntry, because: str, person: Person, actor: Actor) -> AppealEntry:
    """Take a project out of an appeal. What was pledged for it stays pledged. Raises :class:`FundRefused`."""
    viewer, appeal = _locked(entry.appeal, person)
    entry = _locked_entry(entry)
    insist(why_not_change_entry(viewer, appeal, entry))
    if not because.strip():
        raise FundRefused(_("Say why it is taken out."))
    entry.left_on, entry.left_because = timezone.localdate(), because.strip()
    entry.version += 1
    entry.save(update_fields=["left_on", "left_because", "version"])
    return entry


@action
def launch_appeal(*, appeal: Appeal, person: Person, actor: Actor) -> AppealMoment:
    """Publish what an appeal asks for, each entry as its level says, and keep it as it stands at this moment.

    Raises :class:`FundRefused`.
    """
    viewer, appeal = _locked(appeal, person)
    insist(APPEALS["launch"].why_not(viewer, appeal))
    rows = AppealEntry.objects.unscoped(WHY).filter(appeal=appeal, left_on__isnull=True)
    entries = list(rows.select_for_update().order_by("pk"))
    if not entries:
        raise FundRefused(_("It asks for nothing yet: add a project first."))
    for entry in entries:
        entry.level = entry.level_at_launch or entry.level
        entry.level_at_launch = ""
        entry.at_launch = True
        entry.version += 1
        entry.save(update_fields=["level", "level_at_launch", "at_launch", "version"])
    appeal.standing = APPEALS["launch"].target
    appeal.launched_in = timezone.localdate().isoformat()
    appeal.save(update_fields=["standing", "launched_in"])
    return _keep(viewer, appeal, AppealMoment.Kind.LAUNCH, _("Launch"), person)


@action
def keep_moment(*, appeal: Appeal, title: str, person: Person, actor: Actor) -> AppealMoment:
    """Keep a launched appeal as it stands, to compare with later. Raises :class:`FundRefused`."""
    viewer, appeal = _locked(appeal, person)
    insist(why_not_keep_moment(viewer, appeal))
    if not title.strip():
        raise FundRefused(_("Say what the moment is called."))
    return _keep(viewer, appeal, AppealMoment.Kind.LATER, title.strip(), person)


@action
def close_appeal(*, appeal: Appeal, person: Person, actor: Actor) -> AppealMoment:
    """End an appeal: nothing is pledged to it any more. It is kept as it stands. Raises :class:`FundRefused`."""
    viewer, appeal = _locked(appeal, person)
    insist(APPEALS["close"].why_not(viewer, appeal))
    appeal.standing = APPEALS["close"].target
    appeal.save(update_fields=["standing"])
    return _keep(viewer, appeal, AppealMoment.Kind.LATER, _("Close"), person)


def _locked(appeal: Appeal, person: Person) -> tuple[Viewer, Appeal]:
    viewer = viewer_for(person, timezone.localdate())
    return viewer, Appeal.objects.select_for_update().get(pk=appeal.pk)


def _locked_entry(entry: AppealEntry) -> AppealEntry:
    return AppealEntry.objects.unscoped(WHY).select_for_update().get(pk=entry.pk)


def _while_drafted(level: str) -> str:
    """Who reads an entry before the launch: nobody outside the compact."""
    return Level.RESTRICTED if level == Level.RESTRICTED else Level.COMPACT


def _checked(viewer: Viewer, appeal: Appeal, ask: Ask, *, entry: AppealEntry | None = None) -> dict[str, Any]:
    """The values to write, where they hold. Raises :class:`FundRefused`."""
    if not ask.title.strip():
        raise FundRefused(_("Give it a title."))
    if ask.requirement_usd <= 0 or ask.requirement_usd != ask.requirement_usd.quantize(CENT):
        raise FundRefused(_("A requirement is above zero, with two decimals at most."))
    if ask.starts_on and ask.ends_on and ask.ends_on < ask.starts_on:
        raise FundRefused(_("It ends before it begins."))
    if ask.project is not None and entry is None:
        _insist_on_project(viewer, appeal, ask.project)
    values: dict[str, Any] = {one.name: getattr(ask, one.name) for one in fields(ask)}
    return values | {
        "title": ask.title.strip(),
        "purpose": ask.purpose.strip(),
        "partial_sums": _partial_sums(ask),
    }


def _insist_on_project(viewer: Viewer, appeal: Appeal, project: Project) -> None:
    if not Project.objects.visible_to(viewer).filter(pk=project.pk).exists():
        raise FundRefused(_("There is no such project."))
    rows = AppealEntry.objects.unscoped(WHY).filter(appeal=appeal, project=project, left_on__isnull=True)
    if rows.exists():
        raise FundRefused(_("This project is in the appeal already."))


def _partial_sums(ask: Ask) -> str:
    """What partial sums do, in the form that is kept. Raises :class:`FundRefused`."""
    try:
        several = read_partial_sums(ask.partial_sums)
    except NoPartialSum as wrong:
        raise FundRefused(
            _("A partial sum is an amount and what it does, as 50000 Two courses; this is none: %(line)s")
            % {"line": wrong.line}
        ) from wrong
    if several and several[-1].usd > ask.requirement_usd:
        raise FundRefused(_("A partial sum is not above the requirement."))
    return write_partial_sums(several)


def _keep(viewer: Viewer, appeal: Appeal, kind: str, title: str, person: Person) -> AppealMoment:
    number = AppealMoment.objects.filter(appeal=appeal).count() + 1
    moment = AppealMoment.objects.create(appeal=appeal, number=number, kind=kind, title=title, taken_by=person)
    entries = entries_in(viewer, appeal)
    FrozenEntry.objects.unscoped(WHY).bulk_create(
        FrozenEntry(moment=moment, entry=entry, requirement_usd=entry.requirement_usd) for entry in entries
    )
    FrozenSum.objects.unscoped(WHY).bulk_create(_frozen(moment, toward(viewer, appeal, entries)))
    return moment


def _frozen(moment: AppealMoment, records: Iterable[Toward]) -> Iterable[FrozenSum]:
    columns = {FrozenSum.Kind.CONTRIBUTED: "contribution_id", FrozenSum.Kind.ALLOCATED: "allocation_id"}
    for one in records:
        column = columns.get(FrozenSum.Kind(one.kind), "pledge_id")
        yield FrozenSum(
            moment=moment,
            entry_id=one.entry,
            kind=one.kind,
            usd=one.usd,
            settled=one.settled,
            **{column: one.record},
        )
