"""Every write about the confidentiality of needs.

Each locks the need first, so that a wish and an approval that come together are one after the other.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Viewer
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.needs.access import (
    why_not_decide,
    why_not_mark,
    why_not_open,
    why_not_propose,
    why_not_take_back,
    why_not_withdraw,
)
from colonnade.needs.keepable import BY_CODE, KEEPABLE, is_wider
from colonnade.needs.models import ConfidentialityChange, Consent, KeptField, Lifting, Recommendation, Wish
from colonnade.strategy.models import Pillar, Theme

_COMING_BACK: dict[str, type[Theme] | type[Pillar]] = {"theme": Theme, "pillar": Pillar}
_WHY = "an action that locked the need"


class NeedRefused(ValueError):
    """What was asked for may not be done; the text says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """How a State gave its consent: which office, on which day, in which document."""

    by: str
    on: date
    document: str


@action
def keep_confidential(
    *, need: Recommendation, person: Person, fields: Collection[str] = (), document: str = "", actor: Actor
) -> Wish:
    """A State's wish: ``fields`` of ``need`` are confidential from now on, or, without any, the whole of it.

    Earlier consents to what it closes are withdrawn by it, that to publish among them: what was published is shared
    inside the compact again. A proposal that waits is taken back. Raises :class:`NeedRefused`.
    """
    viewer, need = _locked(need, person)
    _insist(why_not_mark(viewer, need))
    chosen = [name for name in KEEPABLE if name in fields]
    if set(fields) - set(KEEPABLE):
        raise NeedRefused(_("There is no such field that could be kept confidential."))
    if chosen and not set(chosen) - set(need.confidential_fields):
        raise NeedRefused(_("These fields are kept confidential already."))
    Lifting.objects.unscoped(_WHY).filter(recommendation=need, standing=Lifting.Standing.PROPOSED).update(
        standing=Lifting.Standing.TAKEN_BACK, decided_at=Now()
    )
    need.level = _after_a_wish(need.level, whole=not chosen)
    _keep(need, chosen)
    _save(need)
    in_force = Consent.objects.unscoped(_WHY).filter(recommendation=need, withdrawn_at__isnull=True)
    closed = Q(level=Level.PUBLIC) | Q(fields__overlap=chosen) if chosen else Q()
    in_force.filter(closed).update(withdrawn_at=Now(), withdrawn_by=person)
    return Wish.objects.unscoped(_WHY).create(recommendation=need, fields=chosen, document=document, asked_by=person)


@action
def propose_lifting(
    *,
    need: Recommendation,
    person: Person,
    level: Level,
    fields: Collection[str],
    given: Given,
    seen_version: int | None = None,
    actor: Actor,
) -> Lifting:
    """Record a State's consent, and propose to show ``need`` at ``level`` with ``fields`` that it had kept.

    ``seen_version`` is the version of the need that ``person`` looked at, where they did. Nothing is shown before
    another person approves. Raises :class:`NeedRefused`.
    """
    viewer, need = _locked(need, person)
    if seen_version is not None and seen_version != need.version:
        raise NeedRefused(_("The recommendation changed since you opened this page. Look at it again, then propose."))
    waiting = Lifting.objects.unscoped(_WHY).filter(recommendation=need, standing=Lifting.Standing.PROPOSED).first()
    _insist(why_not_propose(viewer, need, waiting))
    _insist(why_not_open(need, level, frozenset(fields)))
    if given.on > timezone.localdate():
        raise NeedRefused(_("The State cannot have consented on a day that is still to come."))
    if not given.by.strip() or not given.document.strip():
        raise NeedRefused(_("Say which office of the State consented, and in which document."))
    opened = [name for name in KEEPABLE if name in fields]
    consent = Consent.objects.unscoped(_WHY).create(
        recommendation=need,
        level=level,
        fields=opened,
        given_by=given.by.strip(),
        given_on=given.on,
        document=given.document.strip(),
        recorded_by=person,
    )
    return Lifting.objects.unscoped(_WHY).create(
        recommendation=need,
        consent=consent,
        level=level,
        level_before=need.level,
        fields=opened,
        need_version=need.version,
        proposed_by=person,
    )


@action
def approve_lifting(*, lifting: Lifting, person: Person, actor: Actor) -> Recommendation:
    """Carry out a proposal, as the second person. Raises :class:`NeedRefused`, also where the need changed since."""
    viewer, need = _locked(lifting.recommendation, person)
    lifting = _lifting(lifting)
    _insist(why_not_decide(viewer, lifting))
    if lifting.consent.withdrawn_at is not None:
        raise NeedRefused(_("The State withdrew this consent."))
    if need.version != lifting.need_version:
        raise NeedRefused(_("The recommendation changed since this was proposed. Propose it anew, and look again."))
    _decide(lifting, Lifting.Standing.APPROVED, person)
    need.level = lifting.level
    _open(need, lifting.fields)
    _save(need)
    wishes = Wish.objects.unscoped(_WHY).filter(recommendation=need, ended_at__isnull=True)
    if need.level != Level.RESTRICTED:
        wishes.filter(fields=[]).update(ended_at=Now())
    for wish in wishes.exclude(fields=[]):
        if not set(wish.fields) & set(need.confidential_fields):
            wishes.filter(pk=wish.pk).update(ended_at=Now())
    return need


@action
def refuse_lifting(*, lifting: Lifting, person: Person, actor: Actor) -> None:
    """Decide against a proposal, as the second person. Raises :class:`NeedRefused`."""
    viewer, _need = _locked(lifting.recommendation, person)
    lifting = _lifting(lifting)
    _insist(why_not_decide(viewer, lifting))
    _decide(lifting, Lifting.Standing.REFUSED, person)


@action
def take_back_lifting(*, lifting: Lifting, person: Person, actor: Actor) -> None:
    """Take a proposal back before it is decided. Raises :class:`NeedRefused`."""
    viewer, _need = _locked(lifting.recommendation, person)
    lifting = _lifting(lifting)
    _insist(why_not_take_back(viewer, lifting))
    _decide(lifting, Lifting.Standing.TAKEN_BACK, None)


@action
def withdraw_consent(*, consent: Consent, person: Person, actor: Actor) -> Recommendation:
    """Take a consent back, with effect at once: what was done under it is undone, as a new wish of the State.

    Raises :class:`NeedRefused`.
    """
    viewer, need = _locked(consent.recommendation, person)
    consent = Consent.objects.unscoped(_WHY).select_related("recommendation__country").get(pk=consent.pk)
    _insist(why_not_withdraw(viewer, consent))
    under_it = Lifting.objects.unscoped(_WHY).filter(consent=consent)
    under_it.filter(standing=Lifting.Standing.PROPOSED).update(standing=Lifting.Standing.TAKEN_BACK, decided_at=Now())
    done = under_it.filter(standing=Lifting.Standing.APPROVED).first()
    if done is not None:
        whole = done.level_before == Level.RESTRICTED and need.level != Level.RESTRICTED
        fields = [name for name in done.fields if name not in need.confidential_fields]
        if is_wider(need.level, done.level_before):
            need.level = done.level_before
        _keep(need, fields)
        _save(need)
        wished: list[list[str]] = [[]] if whole else []
        for kept in wished + ([fields] if fields else []):
            Wish.objects.unscoped(_WHY).create(
                recommendation=need, fields=kept, document=_("Consent withdrawn"), asked_by=person
            )
    wider = [level for level in Level if is_wider(level, need.level)] if done else []
    in_force = Consent.objects.unscoped(_WHY).filter(recommendation=need, withdrawn_at__isnull=True)
    in_force.filter(Q(pk=consent.pk) | Q(level__in=wider)).update(withdrawn_at=Now(), withdrawn_by=person)
    return need


def _locked(need: Recommendation, person: Person) -> tuple[Viewer, Recommendation]:
    """The person as they stand at this moment, and the need as it stands, locked until the end.

    Raises ``Recommendation.DoesNotExist`` where they may not see it.
    """
    viewer = viewer_for(person, timezone.localdate())
    seen = Recommendation.objects.visible_to(viewer).select_related("country")
    return viewer, seen.select_for_update(of=("self",)).get(pk=need.pk)


def _lifting(lifting: Lifting) -> Lifting:
    return Lifting.objects.unscoped(_WHY).select_related("recommendation__country", "consent").get(pk=lifting.pk)


def _insist(why_not: str | None) -> None:
    if why_not:
        raise NeedRefused(why_not)


def _after_a_wish(level: str, *, whole: bool) -> str:
    """A wish about the whole restricts it; one about fields takes back what was consented to, publication too."""
    if whole:
        return Level.RESTRICTED
    return Level.COMPACT if level == Level.PUBLIC else level


def _decide(lifting: Lifting, standing: Lifting.Standing, person: Person | None) -> None:
    Lifting.objects.unscoped(_WHY).filter(pk=lifting.pk).update(standing=standing, decided_by=person, decided_at=Now())


def _keep(need: Recommendation, fields: Collection[str]) -> None:
    """Move the values of ``fields`` out of the need's row."""
    for name in fields:
        if name in need.confidential_fields:
            continue
        if name in BY_CODE:
            value = getattr(getattr(need, name), "code", "")
            setattr(need, name, None)
        else:
            value = getattr(need, name)
            setattr(need, name, "")
        KeptField.objects.unscoped(_WHY).create(recommendation=need, field=name, value=value)
    need.confidential_fields = sorted({*need.confidential_fields, *fields})


def _open(need: Recommendation, fields: Collection[str]) -> None:
    """Put the values of ``fields`` back into the need's row."""
    kept = KeptField.objects.unscoped(_WHY).filter(recommendation=need, field__in=fields, ended_at__isnull=True)
    for name, value in kept.values_list("field", "value"):
        model = _COMING_BACK.get(name)
        setattr(need, name, value if model is None else model.objects.filter(code=value).first())
    kept.update(ended_at=Now())
    need.confidential_fields = [name for name in need.confidential_fields if name not in fields]


def _save(need: Recommendation) -> None:
    need.version += 1
    need.save(update_fields=["version", "level", "confidential_fields", *KEEPABLE])
    # Later reports note that something changed, and not which.
    ConfidentialityChange.objects.get_or_create(on=timezone.localdate())
