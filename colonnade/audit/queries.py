"""What the log can say without its contents being shown."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import connection

from colonnade.audit.canonical import leaves_of
from colonnade.audit.models import Event
from colonnade.core.reading import as_application

#: Tables about who signs in and what they keep for themselves, and of proposals on their way: no figure counts them, so
#: they make no snapshot stale.
NOT_COUNTED: Final = (
    "members_person",
    "members_roleheld",
    "members_savedview",
    "members_invitation",
    "members_mail",
    "members_signin",
    "members_extraaccess",
    "members_look",
    "members_handover",
    "members_handedover",
    # Of a draw only its checks are counted.
    "portfolio_markersample",
    # The ledger counts itself: no snapshot holds it.
    "funding_window",
    "funding_earmark",
    "funding_pledge",
    "funding_agreement",
    "funding_instalment",
    "funding_agreementterms",
    "funding_allocation",
    "funding_entry",
    "funding_posting",
    "funding_closing",
    "funding_appealmoment",
    "funding_frozenentry",
    "funding_frozensum",
    "funding_intention",
    "funding_intentionamount",
    "funding_monthlyrate",
    "review_process",
    "review_office",
    "review_call",
    "review_proposal",
    "review_proposal_partners",
    "review_proposal_countries",
    "review_proposal_regions",
    "review_budgetline",
    "review_output",
    "review_risk",
    "review_consultation",
    "review_proposedmarker",
    "review_safeguardanswer",
    "review_screening",
    "review_question",
    "review_reviewer",
    "review_draw",
    "review_score",
    "review_synthesis",
    "review_meeting",
    "review_attendance",
    "review_agendaitem",
    "review_vote",
    "review_decision",
    "review_condition",
    "review_objection",
    "review_duereport",
    "review_closure",
    "review_projectresult",
    # Requests of States are in no snapshot: their pages count them.
    "needs_assistanceprocess",
    "needs_assistancerequest",
    "needs_assistancepassing",
    "needs_assistancenotice",
    "needs_assistancesafeguard",
    "needs_assistancestep",
    # Plans of action are in no snapshot: their pages count them.
    "needs_actionplan",
    "needs_planstate",
    "needs_planentity",
    "needs_planstep",
    "needs_planneed",
    "needs_planoutcome",
    "needs_planoutput",
    "needs_planactivity",
    "needs_planindicator",
    "needs_planrisk",
    "needs_planversion",
    "needs_versionneed",
    "needs_versionproject",
    "needs_planconsent",
    "needs_plancosts",
    "needs_activityreport",
    "needs_indicatorreport",
    # What a State and its assessors say to each other is in no snapshot.
    "needs_remark",
    # What was decided about pairs of projects, and about suggestions, is in no snapshot.
    "analysis_overlapdecision",
    "analysis_merging",
    "analysis_dismissedsuggestion",
    "mfa_authenticator",
    "account_emailaddress",
    "account_emailconfirmation",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
)


def high_water_mark() -> int:
    """The number of the newest event that a figure could depend on, so that a snapshot knows when it is stale."""
    counted = Event.objects.changes().exclude(table_name__in=NOT_COUNTED)
    with as_application("one number, which tells no reader what was written"):
        newest = counted.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def last_event_at() -> datetime | None:
    """When anything was last written, ``None`` where nothing ever was; that somebody signed in is nothing written."""
    with as_application("one time, which tells no reader what was written"):
        written = Event.objects.changes().exclude(table_name="members_signin")
        return written.order_by("-id").values_list("happened_at", flat=True).first()


#: Heads whose numbers reach from below the highest asked for to above the lowest. Leaves stand in the order of their
#: numbers; an event that was written late stands in a later head, which then begins low.
_HEADS: Final = """
SELECT position, leaves FROM audit_head
WHERE newest >= %s AND substring(leaves FOR 8) <= int8send(%s::bigint)
ORDER BY position DESC
"""


def heads_of(event_ids: Collection[int]) -> dict[int, int]:
    """For each of some events the position of the head that seals it; those that wait are left out. One query."""
    asked = frozenset(event_ids)
    if not asked:
        return {}
    found: dict[int, int] = {}
    with as_application("positions, which tell no reader what was written"), connection.cursor() as cursor:
        cursor.execute(_HEADS, [min(asked), max(asked)])
        for position, leaves in cursor:
            found |= {number: position for number, _ in leaves_of(bytes(leaves)) if number in asked}
    return found
