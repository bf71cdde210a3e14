"""Consents on a plan's page: which are there, which are lacking, what can be withdrawn, who has yet to confirm."""

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Viewer
from colonnade.needs.models import ActionPlan, PlanConsent
from colonnade.needs.plans.access import Held, why_not_confirm, why_not_record, why_not_withdraw
from colonnade.web.shared.blocks import Act
from colonnade.web.shared.days import short_day

VERSION: Final = PlanConsent.Covers.VERSION.value
#: What a consent covers -> what records it.
RECORD: Final = {
    "version": gettext_lazy("Consent to the version that is proposed"),
    "compact": gettext_lazy("Let the whole compact read it"),
    "costs": gettext_lazy("Let donors read the costs"),
}
_WITHDRAW: Final = {
    "compact": gettext_lazy("Withdraw that the whole compact reads it"),
    "costs": gettext_lazy("Withdraw that donors read the costs"),
}


def lacking(
    viewer: Viewer, at: Held, consents: Sequence[PlanConsent], covers: str, version: int | None = None
) -> list[str]:
    """The codes of the States whose consent the reader could record and that is not there yet; of one to a version, to
    that of the key ``version``."""
    there = {
        each.country.code
        for each in consents
        if each.covers == covers and each.withdrawn_at is None and each.of_version_id == version
    }
    return [code for code in sorted(at.states - there) if why_not_record(viewer, at, code) is None]


def reader_acts(viewer: Viewer, at: Held, consents: Sequence[PlanConsent]) -> list[Act]:
    """Letting others read what is agreed, where that is not consented to yet, and withdrawing it where it is."""
    plan, found = at.plan, []
    for covers, withdraw in _WITHDRAW.items():
        if lacking(viewer, at, consents, covers):
            address = reverse("plan-consent", args=[plan.public_id, covers])
            found.append(Act(covers, str(RECORD[covers]), address, second=True))
        for each in consents:
            if each.covers == covers and each.withdrawn_at is None and why_not_withdraw(viewer, each) is None:
                title = f"{withdraw} ({each.country.name})" if len(at.states) > 1 else str(withdraw)
                address = reverse("withdraw-plan-consent", args=[plan.public_id, each.public_id])
                found.append(Act(f"withdraw-{each.public_id}", title, address, second=True))
    return found


def consents_list(viewer: Viewer, plan: ActionPlan, consents: Sequence[PlanConsent]) -> list[dict[str, Any]]:
    """What the States consented to, with who can confirm and withdraw."""
    return [
        {
            "title": f"{each.country.name}: {each.get_covers_display()}",
            "said": _("%(office)s, %(day)s, %(document)s")
            % {"office": each.given_by, "day": short_day(each.given_on), "document": each.document},
            "standing": _standing(each),
            "confirm": reverse("confirm-plan-consent", args=[plan.public_id, each.public_id])
            if why_not_confirm(viewer, each) is None
            else "",
            "withdraw": reverse("withdraw-plan-consent", args=[plan.public_id, each.public_id])
            if why_not_withdraw(viewer, each) is None
            else "",
        }
        for each in consents
    ]


def recorded_words(consent: PlanConsent) -> str:
    """What is told to whoever recorded a consent: whether it counts, or who has yet to confirm it."""
    if consent.confirmed_by_id is not None:
        return _("It is recorded.")
    state = {"state": consent.country.name}
    if consent.covers == VERSION:
        return _("It is recorded. The focal point of %(state)s has yet to confirm it: it counts from then on.") % state
    return (
        _(
            "It is recorded. A second person has yet to confirm it, another focal point of %(state)s or somebody of "
            "the secretariat other than you: nobody else reads it before."
        )
        % state
    )


def _standing(consent: PlanConsent) -> str:
    if consent.withdrawn_at is not None:
        return _("withdrawn")
    if consent.confirmed_by_id is not None:
        return _("counts")
    if consent.covers == VERSION:
        return _("waits to be confirmed by the State's own focal point")
    return _("waits to be confirmed by a second person, of the State or of the secretariat")
