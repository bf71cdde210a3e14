"""Requests in words: kinds, channels, clocks, what two of them have in common, why an entity is proposed."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from colonnade.needs.assistance.clocks import Clock
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.assistance.triage import Facts
from colonnade.needs.assistance.twins import Likeness
from colonnade.needs.assistance.workflow import STEP_AT
from colonnade.needs.models import AssistanceRequest
from colonnade.web.shared.days import short_day

#: What two requests have in common.
SHARED: Final = {
    "programme": gettext_noop("the same programme"),
    "need": gettext_noop("the same recommendation"),
    "theme": gettext_noop("the same thematic priority"),
    "kind": gettext_noop("the same kind"),
    "words": gettext_noop("much the same words"),
}
#: What a proposal of triage is made of.
PARTS: Final = {
    "mandate": gettext_noop("Mandate"),
    "presence": gettext_noop("Presence"),
    "delivery": gettext_noop("Past delivery"),
    "capacity": gettext_noop("Capacity"),
}


def kind_title(rules: Rules | None, asked: AssistanceRequest) -> str:
    """What kind of request it is; a kind that the rules know no more goes by its code."""
    if asked.sort == AssistanceRequest.Sort.JOINING:
        return str(asked.get_sort_display())
    known = rules.kind(asked.kind) if rules else None
    return known.title if known else asked.kind


def channel_title(rules: Rules | None, asked: AssistanceRequest) -> str:
    """The channel that it took."""
    known = rules.channel(asked.channel) if rules else None
    return known.title if known else asked.channel


def step_title(rules: Rules | None, standing: str) -> str:
    """What a request waits for where it stands, in the words of the rules."""
    code = STEP_AT.get(AssistanceRequest.Standing(standing), "")
    return next((each.title for each in rules.steps if each.code == code), "") if rules else ""


def clock_words(due_on: date | None, today: date) -> str:
    """``by 12 Dec 2026, 12 days left``; empty where no clock runs."""
    if due_on is None:
        return ""
    clock = Clock(due_on, today)
    if clock.overdue:
        said = ngettext("%(days)s day overdue", "%(days)s days overdue", clock.overdue) % {"days": clock.overdue}
    else:
        said = ngettext("%(days)s day left", "%(days)s days left", clock.left) % {"days": clock.left}
    return _("by %(day)s: %(said)s") % {"day": short_day(due_on), "said": said}


def shared_words(found: Likeness) -> str:
    """What two requests have in common, and how alike they are."""
    things = ", ".join(_(SHARED[each]) for each in found.shared)
    return _("%(hundredths)s per cent alike: %(things)s") % {"hundredths": found.hundredths, "things": things}


def reasons(facts: Facts) -> dict[str, str]:
    """Why each part of a proposal has its points, in words; empty where it has none."""
    led = ngettext("leads %(n)s programme on it", "leads %(n)s programmes on it", facts.leads) % {"n": facts.leads}
    joined = ngettext(
        "takes part in %(n)s programme on it", "takes part in %(n)s programmes on it", facts.joins
    ) % {"n": facts.joins}  # fmt: skip
    there = ngettext(
        "%(n)s active project in the State", "%(n)s active projects in the State", facts.there
    ) % {"n": facts.there}  # fmt: skip
    done_there = ngettext(
        "%(n)s completed in the State", "%(n)s completed in the State", facts.done_there
    ) % {"n": facts.done_there}  # fmt: skip
    done = ngettext(
        "%(n)s completed on the subject", "%(n)s completed on the subject", facts.done_on_theme
    ) % {"n": facts.done_on_theme}  # fmt: skip
    active = ngettext(
        "%(n)s active on the subject", "%(n)s active on the subject", facts.on_theme
    ) % {"n": facts.on_theme}  # fmt: skip
    busy = ngettext("leads %(n)s open request", "leads %(n)s open requests", facts.busy) % {"n": facts.busy}
    return {
        "mandate": led if facts.leads else joined if facts.joins else "",
        "presence": there if facts.there else "",
        "delivery": _joined((facts.done_there, done_there), (facts.done_on_theme, done)),
        "capacity": _joined((facts.on_theme, active), (facts.busy, busy)),
    }


def _joined(*given: tuple[int, str]) -> str:
    return ", ".join(words for number, words in given if number)


def why_proposed(facts: Facts) -> str:
    """The same in one sentence, for whoever passes a request on to change."""
    said = [f"{_(PARTS[name])}: {words}" for name, words in reasons(facts).items() if words]
    return "; ".join(said) + "." if said else ""
