"""What a donor says of an appeal: a pledge to one of its projects, a plan, and what others see of either."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.funding.access import gives_as, why_not_keep_books
from colonnade.funding.actions.booking import WHY, ConfirmFirst, FundRefused, insist, worth
from colonnade.funding.actions.promises import promise
from colonnade.funding.appeal_access import level_of_consent, why_not_end, why_not_pledge, why_not_speak_for
from colonnade.funding.models import (
    Appeal,
    AppealEntry,
    Contributor,
    Earmark,
    Intention,
    IntentionAmount,
    Pledge,
    Shown,
    Window,
)
from colonnade.funding.queries.appealing import seen_entry
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.places.models import Country, Region
from colonnade.strategy.models import Pillar


@dataclass(frozen=True, slots=True)
class Years:
    """The years that money is for."""

    first: int
    last: int


@action
def pledge_to_appeal(
    *,
    entry: AppealEntry,
    contributor: Contributor,
    amount: Decimal,
    currency: str,
    years: Years,
    shown: str,
    window: Window,
    person: Person,
    actor: Actor,
    earmark: Earmark | None = None,
    note: str = "",
    provenance: str = Provenance.REPORTED,
    beyond: bool = False,
) -> Intention:
    """Promise money for a project of an appeal, through the fund's books, and say what others see of it.

    The pledge is due at the end of its last year. One that a donor makes is announced until the secretariat
    acknowledged it. Then, what the donor lets nobody see is restricted; where the amount may be seen, it is public.
    Raises :class:`FundRefused`, also where the donor may not see the entry; :class:`ConfirmFirst` where it is more than
    what is still short as they see it, unless they said that they mean it (``beyond``).
    """
    viewer, entry = _asked(entry, contributor, person)
    _insist_on_years(years, entry.appeal)
    today = timezone.localdate()
    if not beyond:
        _insist_on_shortfall(viewer, entry, worth(amount, currency, today).usd)
    announced = gives_as(viewer, contributor) or why_not_keep_books(viewer) is not None
    pledge = promise(
        viewer,
        contributor=contributor,
        amount=amount,
        currency=currency,
        pledged_on=today,
        due_on=date(max(years.last, today.year), 12, 31),
        window=window,
        earmark=earmark,
        project=entry.project,
        level=level_of_consent(_shown(shown), announced=announced),
        announced=announced,
        note=note,
        provenance=provenance,
        person=person,
    )
    return Intention.objects.unscoped(WHY).create(
        appeal=entry.appeal,
        contributor=contributor,
        kind=Intention.Kind.PLEDGE,
        entry=entry,
        first_year=years.first,
        last_year=years.last,
        shown=shown,
        rests_on=pledge,
        announced=announced,
        provenance=provenance,
        stated_on=today,
        stated_by=person,
    )


@action
def state_plan(
    *,
    appeal: Appeal,
    contributor: Contributor,
    years: Years,
    shown: str,
    person: Person,
    actor: Actor,
    entry: AppealEntry | None = None,
    pillar: Pillar | None = None,
    country: Country | None = None,
    region: Region | None = None,
    amount: Decimal | None = None,
    currency: str = "USD",
    provenance: str = Provenance.REPORTED,
) -> Intention:
    """Say what a donor plans to fund, and in which years; an amount is said or not. No total counts it.

    Raises :class:`FundRefused`.
    """
    if entry is not None:
        _viewer, entry = _asked(entry, contributor, person)
    else:
        insist(why_not_pledge(viewer_for(person, timezone.localdate()), contributor, appeal))
    if entry is None and pillar is None and country is None and region is None:
        raise FundRefused(_("Say what it is for: a project, a pillar, a State or a region."))
    _insist_on_years(years, appeal)
    today = timezone.localdate()
    plan = Intention.objects.unscoped(WHY).create(
        appeal=appeal,
        contributor=contributor,
        kind=Intention.Kind.PLAN,
        entry=entry,
        pillar=pillar,
        country=country,
        region=region,
        first_year=years.first,
        last_year=years.last,
        shown=_shown(shown),
        provenance=provenance,
        stated_on=today,
        stated_by=person,
    )
    if amount is not None:
        IntentionAmount.objects.unscoped(WHY).create(
            intention=plan, currency=currency, amount=amount, amount_usd=worth(amount, currency, today).usd
        )
    return plan


@action
def show_to_others(*, intention: Intention, shown: str, person: Person, actor: Actor) -> Intention:
    """Change what others see of a pledge or a plan, at once. Raises :class:`FundRefused`."""
    intention = _locked(intention)
    insist(why_not_speak_for(viewer_for(person, timezone.localdate()), intention))
    intention.shown = _shown(shown)
    intention.version += 1
    intention.save(update_fields=["shown", "version"])
    if intention.rests_on_id is not None:
        pledge = Pledge.objects.unscoped(WHY).select_for_update().get(pk=intention.rests_on_id)
        pledge.level = level_of_consent(shown, announced=pledge.standing == Pledge.Standing.ANNOUNCED)
        pledge.version += 1
        pledge.save(update_fields=["level", "version"])
    return intention


@action
def end_plan(*, intention: Intention, person: Person, actor: Actor) -> Intention:
    """Say that a plan came to nothing, or to a pledge. Raises :class:`FundRefused`."""
    intention = _locked(intention)
    insist(why_not_end(viewer_for(person, timezone.localdate()), intention))
    intention.ended_on = timezone.localdate()
    intention.version += 1
    intention.save(update_fields=["ended_on", "version"])
    return intention


def _asked(entry: AppealEntry, contributor: Contributor, person: Person) -> tuple[Viewer, AppealEntry]:
    """The entry, where the person may see it and ask for it as ``contributor``."""
    viewer = viewer_for(person, timezone.localdate())
    rows = AppealEntry.objects.visible_to(viewer).select_related("appeal", "project")
    found = rows.filter(pk=entry.pk).first()
    if found is None:
        raise FundRefused(_("There is no such project in the appeal."))
    insist(why_not_pledge(viewer, contributor, found.appeal))
    if found.left_on is not None:
        raise FundRefused(_("This project was taken out of the appeal."))
    return viewer, found


def _insist_on_shortfall(viewer: Viewer, entry: AppealEntry, usd: Decimal) -> None:
    seen = seen_entry(viewer, entry.appeal, entry.public_id)
    short = seen.sums.shortfall if seen is not None else entry.requirement_usd
    if usd > short:
        raise ConfirmFirst(
            _(
                "This is USD %(usd)s, and of USD %(requirement)s asked for, USD %(short)s are still short. Correct the"
                " amount, or say that it is meant."
            )
            % {"usd": f"{usd:,.2f}", "requirement": f"{entry.requirement_usd:,.2f}", "short": f"{short:,.2f}"},
            "beyond",
        )


def _locked(intention: Intention) -> Intention:
    rows = Intention.objects.unscoped(WHY).select_for_update(of=("self",))
    return rows.select_related("contributor__country", "contributor__entity").get(pk=intention.pk)


def _insist_on_years(years: Years, appeal: Appeal) -> None:
    if years.last < years.first:
        raise FundRefused(_("The last year is before the first."))
    if years.last < appeal.first_year or years.first > appeal.last_year + 5:
        raise FundRefused(
            _("This appeal is for %(first)s to %(last)s.") % {"first": appeal.first_year, "last": appeal.last_year}
        )


def _shown(shown: str) -> str:
    if shown not in Shown.values:
        raise FundRefused(_("Say what others see of it."))
    return shown
