"""The consent of both sides to a coordination, in words."""

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.coordination_access import SIDES, sides_waiting
from colonnade.analysis.models import OverlapDecision
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Line


def consents(decision: OverlapDecision, names: dict[int, str]) -> list[tuple[str, object]]:
    """Who accepted for which side, or declined and why."""
    if decision.verdict != decision.Verdict.COORDINATE:
        return []
    said: list[tuple[str, object]] = []
    for side in SIDES:
        at, by = getattr(decision, f"{side}_accepted_at"), getattr(decision, f"{side}_accepted_by_id")
        title = _("%(entity)s accepts") % {"entity": getattr(decision, side).lead_entity.abbreviation}
        told = Line(names.get(by, ""), aside=short_day(timezone.localdate(at))) if at else _("not yet")
        said.append((title, told))
    if decision.declined_at is not None and decision.declined_for is not None:
        who = Line(
            names.get(decision.declined_by_id or 0, ""), aside=short_day(timezone.localdate(decision.declined_at))
        )
        said += [
            (_("%(entity)s declined") % {"entity": decision.declined_for.abbreviation}, who),
            (_("Because"), decision.declined_because),
        ]
    return said


def consent_in_short(decision: OverlapDecision) -> str:
    """Where it stands, in a list."""
    if decision.standing == "declined" and decision.declined_for is not None:
        return _("%(entity)s declined") % {"entity": decision.declined_for.abbreviation}
    waiting = [getattr(decision, side).lead_entity.abbreviation for side in sides_waiting(decision)]
    if waiting:
        return _("waits for %(entities)s") % {"entities": ", ".join(waiting)}
    return _("accepted by both")
