"""What a need's page says of its confidentiality to those concerned: what stands, what happened, what they can do.

A button that somebody cannot press stands there with the reason, which is that of ``needs/access.py``.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.core.viewer import Level, Viewer
from colonnade.needs.access import (
    concerned,
    why_not_decide,
    why_not_mark,
    why_not_propose,
    why_not_take_back,
    why_not_withdraw,
)
from colonnade.needs.keepable import KEEPABLE, field_title
from colonnade.needs.models import Consent, Lifting, Recommendation, Wish
from colonnade.needs.queries import consents_of, liftings_of, wishes_of
from colonnade.web.shared.blocks import Act


@dataclass(frozen=True, slots=True)
class Said:
    """Something that happened, in a sentence, with what can still be done about it."""

    day: str
    text: str
    aside: str = ""
    href: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """The part of a need's page that is between its State, its assessors, the secretariat and auditors."""

    stands: str
    acts: tuple[Act, ...]
    waiting: Lifting | None
    happened: list[Said]


def confidentiality_of(viewer: Viewer, need: Recommendation) -> Confidentiality | None:
    """That part for ``viewer``; ``None`` where they are not concerned."""
    if not concerned(viewer, need):
        return None
    wishes, consents, liftings = wishes_of(viewer, need), consents_of(viewer, need), liftings_of(viewer, need)
    waiting = next((each for each in liftings if each.standing == Lifting.Standing.PROPOSED), None)
    here = need.public_id
    acts = (
        Act("keep", _("Make confidential"), reverse("keep-need", args=[here]), why_not_mark(viewer, need) or ""),
        Act(
            "open",
            _("Propose to lift or to publish"),
            reverse("open-need", args=[here]),
            why_not_propose(viewer, need, waiting) or "",
            second=True,
        ),
    )
    happened = sorted(
        [
            *((wish.asked_at, _wish(wish)) for wish in wishes),
            *((consent.recorded_at, _consent(viewer, consent)) for consent in consents),
            *((lifting.decided_at or lifting.proposed_at, _lifting(lifting)) for lifting in liftings),
        ],
        key=lambda pair: pair[0],
        reverse=True,
    )
    return Confidentiality(standing_of(need), acts, waiting, [said for _at, said in happened])


def standing_of(need: Recommendation) -> str:
    """Who reads the need as it stands, in a sentence."""
    if need.level == Level.RESTRICTED:
        return _(
            "The State keeps the whole of it confidential: it is read by the State, its assessors, the secretariat,"
            " auditors and the entities named in it."
        )
    readers = _("Everybody reads it") if need.level == Level.PUBLIC else _("Everybody inside the compact reads it")
    if need.confidential_fields:
        return _("%(readers)s, without what the State keeps: %(fields)s.") % {
            "readers": readers,
            "fields": fields_in_words(need.confidential_fields),
        }
    return f"{readers}."


def fields_in_words(fields: list[str]) -> str:
    """Fields as people call them, in the order of a need's page."""
    return ", ".join(field_title(name) for name in KEEPABLE if name in fields)


def opening_in_words(lifting: Lifting | Consent) -> str:
    """What a proposal or a consent opens, and to whom."""
    readers = _("everybody") if lifting.level == Level.PUBLIC else _("everybody inside the compact")
    if lifting.fields:
        return _("to %(readers)s, with: %(fields)s") % {
            "readers": readers,
            "fields": fields_in_words(lifting.fields),
        }
    return _("to %(readers)s") % {"readers": readers}


def acts_on(viewer: Viewer, lifting: Lifting) -> tuple[Act, ...]:
    """What can be done about a proposal that waits."""
    decide, back = why_not_decide(viewer, lifting) or "", why_not_take_back(viewer, lifting) or ""
    here = lifting.public_id
    return (
        Act("approve", _("Approve and show it"), reverse("approve-opening", args=[here]), decide, sends=True),
        Act("refuse", _("Refuse"), reverse("refuse-opening", args=[here]), decide, sends=True, second=True),
        Act("take-back", _("Take it back"), reverse("take-back-opening", args=[here]), back, sends=True, second=True),
    )


def _wish(wish: Wish) -> Said:
    what = fields_in_words(wish.fields) if wish.fields else _("the whole recommendation")
    said = _("Wish of the State: %(what)s is confidential") % {"what": what}
    ended = _("ended on %(day)s") % {"day": date_format(wish.ended_at, "j F Y")} if wish.ended_at else _("in force")
    return Said(date_format(wish.asked_at, "j F Y"), said, ", ".join(filter(None, [wish.document, ended])))


def _consent(viewer: Viewer, consent: Consent) -> Said:
    said = _("Consent of the State (%(office)s, %(day)s, %(document)s) to show it %(how)s") % {
        "office": consent.given_by,
        "day": date_format(consent.given_on, "j F Y"),
        "document": consent.document,
        "how": opening_in_words(consent),
    }
    if consent.withdrawn_at:
        aside = _("withdrawn on %(day)s") % {"day": date_format(consent.withdrawn_at, "j F Y")}
        return Said(date_format(consent.recorded_at, "j F Y"), said, aside)
    address = reverse("withdraw-consent", args=[consent.public_id])
    why_not = why_not_withdraw(viewer, consent) or ""
    act = Act(f"withdraw-{consent.public_id}", _("Withdraw this consent"), address, why_not, sends=True, second=True)
    return Said(date_format(consent.recorded_at, "j F Y"), said, _("in force"), acts=(act,))


def _lifting(lifting: Lifting) -> Said:
    return Said(
        date_format(lifting.decided_at or lifting.proposed_at, "j F Y"),
        _("Proposal to show it %(how)s") % {"how": opening_in_words(lifting)},
        str(lifting.get_standing_display()),
        reverse("opening", args=[lifting.public_id]),
    )
