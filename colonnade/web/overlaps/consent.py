"""The consent of both sides to a coordination, or to that two records are of one project, in words."""

from typing import Final

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from colonnade.analysis.coordination_access import SIDES, sides_waiting
from colonnade.analysis.models import OverlapDecision
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Line

#: Characters of a reason that stand in a list.
_SHORT: Final = 160


def consents(decision: OverlapDecision, names: dict[int, str]) -> list[tuple[str, object]]:
    """Who accepted for which side, or declined and why. Once somebody declined, nobody is waited for."""
    if decision.verdict == decision.Verdict.FINE:
        return []
    said: list[tuple[str, object]] = []
    for side in SIDES:
        if decision.standing != "proposed" and getattr(decision, f"{side}_accepted_at") is None:
            continue
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


def said_by(decision: OverlapDecision) -> str:
    """Whose word a decision is: of the sides that accepted it, or of the secretariat."""
    sides = [each for each in SIDES if getattr(decision, f"{each}_accepted_at") is not None]
    names = [getattr(decision, each).lead_entity.abbreviation for each in sides]
    return ", ".join(names) or _("the secretariat")


def declined_in_short(decision: OverlapDecision) -> str:
    """Who declined what was said before, and why."""
    who = decision.declined_for.abbreviation if decision.declined_for else ""
    told = {"entity": who, "reason": Truncator(decision.declined_because).chars(_SHORT)}
    return _("%(entity)s declined: %(reason)s") % told


def consent_in_short(decision: OverlapDecision) -> str:
    """Where it stands, in a list."""
    waiting = [getattr(decision, side).lead_entity.abbreviation for side in sides_waiting(decision)]
    if waiting:
        return _("waits for %(entities)s") % {"entities": ", ".join(waiting)}
    return _("accepted by both")
