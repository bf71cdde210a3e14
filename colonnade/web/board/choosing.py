"""Choosing under a call's budget: the best plan for the needs, why a proposal is not in it, and the board's choice.

Nothing is written here. What is asked for stands in the address, so that a page can be sent to somebody else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from colonnade.analysis.allocation.comparison import Comparison, compare
from colonnade.analysis.allocation.plan import Contradiction
from colonnade.analysis.allocation.problem import Cents, Problem
from colonnade.analysis.allocation.telling import (
    amount,
    called,
    change_in_words,
    reason_in_words,
    rule_in_words,
    worth,
)
from colonnade.analysis.choosing.answering import Answered, answered
from colonnade.analysis.choosing.asking import HUNDRED, Asked, cents, problem_of
from colonnade.analysis.choosing.reading import Table, table_of
from colonnade.core.reading import reading_as
from colonnade.members.models import Entity, WorkingGroup
from colonnade.review.models import Call
from colonnade.review.rules import Rules
from colonnade.strategy.models import Pillar
from colonnade.web.board.steps import call_at, crumbs
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest

NOTHING: Final = "–"
#: Needs that the comparison names.
NAMED: Final = 12
#: What can be asked of one proposal: nothing, that it is in, that it is out.
FREE, MUST, OUT = "", "must", "out"


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal on the page. ``ours``: the board's own choice has it."""

    id: str
    title: str
    address: str
    applicant: str
    group: str
    asks: str
    wanted: str
    ours: bool
    planned: str
    why: str


@require_safe
def choosing(request: ViewerRequest, code: str) -> HttpResponse:
    """The plan for what was asked, and the board's own choice beside it."""
    call = call_at(request, code)
    with reading_as(request.viewer):
        table = table_of(request.viewer, call)
    title = _("Choosing under the budget")
    desk = reverse("board-call", args=[code])
    context = {
        "call": call,
        "title": title,
        "counted": len(table.offered),
        "needs": len(table.needs),
        "crumbs": crumbs(Crumb(call.title, desk), Crumb(title)),
    }
    if table.offered and call.budget_usd:
        context |= _answered_context(call, table, request.GET)
    return render(request, "board/choosing.html", context)


def _answered_context(call: Call, table: Table, query: QueryDict) -> dict[str, object]:
    assert call.budget_usd is not None  # whoever calls looked
    pillars = {pillar.code: str(pillar) for pillar in Pillar.objects.all()}
    asked, rules = asked_in(query, pillars), Rules.read(call.rules)
    problem = problem_of(
        call.title,
        table.offered,
        table.needs,
        weighs=rules.choosing,
        budget=call.budget_usd,
        ceiling=call.group_ceiling_usd,
        asked=asked,
    )
    names = {**pillars, **_names(), **{each.id: each.title for each in table.offered}}
    answer = answered(problem)
    own = _own(table, problem, query)
    context: dict[str, object] = {
        "rows": list(_rows(table, problem, answer, asked, own, names)),
        "least": asked.least,
        "most": asked.most,
        "floors": [(code, title, asked.floors.get(code, 0)) for code, title in pillars.items()],
        "weighs": _weighs(rules),
        "rules": [rule_in_words(rule, names) for rule in problem.rules],
    }
    if isinstance(answer, Contradiction):
        return context | {
            "against": [rule_in_words(rule, names) for rule in answer.rules],
            "mends": [change_in_words(mend, names) for mend in answer.mends],
        }
    if not answer.plan.amounts:
        return context | {"nothing": _why_nothing(table, asked, pillars)}
    compared = compare(problem, answer.plan, own)
    return context | {
        "facts": _plan_facts(problem, answer),
        "beside": _beside(compared, answer, names),
        "given_up": _given_up(compared, problem),
        "alternatives": _alternatives(answer, names),
        "frontier": _frontier(answer),
    }


def asked_in(query: QueryDict, pillars: Mapping[str, str]) -> Asked:
    """What the address asks for. What is no percentage asks for nothing."""
    floors = {code: _percent(query.get(f"floor-{code}"), 0) for code in pillars}
    wanted = {name.removeprefix("want-"): value for name, value in query.items() if name.startswith("want-")}
    return Asked(
        least=max(1, _percent(query.get("least"), HUNDRED)),
        floors={code: percent for code, percent in floors.items() if percent},
        most=max(1, _percent(query.get("most"), HUNDRED)),
        must=frozenset(one for one, value in wanted.items() if value == MUST),
        out=frozenset(one for one, value in wanted.items() if value == OUT),
    )


def _percent(text: str | None, usual: int) -> int:
    number = text.strip() if text else ""
    return min(HUNDRED, int(number)) if number.isascii() and number.isdecimal() and len(number) < 4 else usual


def _names() -> dict[str, str]:
    """What applicants and groups are called: two small tables."""
    return dict(Entity.objects.values_list("code", "abbreviation")) | {
        group.code: str(group) for group in WorkingGroup.objects.all()
    }


def _own(table: Table, problem: Problem, query: QueryDict) -> dict[str, Cents]:
    """The board's own choice: what the address names, else what was decided or recommended so far."""
    recorded = {one: cents(given) for one, given in table.chosen.items()}
    if "asked" not in query:
        return recorded
    named = [one for one in query.getlist("ours") if one in problem.by_id]
    return {one: recorded.get(one, problem.by_id[one].cost) for one in dict.fromkeys(named)}


def _rows(
    table: Table,
    problem: Problem,
    answer: Answered | Contradiction,
    asked: Asked,
    own: Mapping[str, Cents],
    names: Mapping[str, str],
) -> Iterator[Row]:
    planned = answer.plan.amounts if isinstance(answer, Answered) else {}
    # Where shares that are asked for leave nothing to fund, that is the reason, and each proposal's own would mislead.
    reasons = answer.reasons if isinstance(answer, Answered) and (planned or not asked.floors) else ()
    why = {each.proposal: each for each in reasons}
    for each in table.offered:
        yield Row(
            each.id,
            each.title,
            reverse("proposal-way", args=[each.id]),
            names.get(each.entity, each.entity),
            names.get(each.group, each.group),
            amount(problem.by_id[each.id].cost),
            MUST if each.id in asked.must else OUT if each.id in asked.out else FREE,
            each.id in own,
            amount(planned[each.id]) if each.id in planned else NOTHING,
            reason_in_words(why[each.id], names) if each.id in why else "",
        )


def _why_nothing(table: Table, asked: Asked, pillars: Mapping[str, str]) -> str:
    """Why the plan funds nothing at all, in a sentence."""
    left = {each.pillar for each in table.offered if each.id not in asked.out}
    if without := [code for code in asked.floors if code not in left]:
        told = {"percent": asked.floors[without[0]], "pillar": pillars[without[0]]}
        return (
            _(
                "Nothing can be funded: at least %(percent)d per cent of what is given is asked for %(pillar)s, and no "
                "proposal that may be chosen stands under it."
            )
            % told
        )
    if (together := sum(asked.floors.values())) > HUNDRED:
        return _("Nothing can be funded: the shares that are asked for pillars add up to %(percent)d per cent.") % {
            "percent": together
        }
    return _("No proposal that can be funded meets a need that you may see and that is unmet.")


def _weighs(rules: Rules) -> str:
    weighs = rules.choosing
    told = {name: weighs.priorities[name] for name in ("high", "medium", "low")}
    told |= {"theme": weighs.same_theme_percent, "partly": weighs.partly_met_percent}
    return (
        _(
            "A need of high priority weighs %(high)d, of medium %(medium)d, of low %(low)d. A proposal meets the need "
            "that it cites, and %(theme)d per cent of every other open need of its States in its theme; two that meet "
            "the same count once. Of a need that a verified response meets in part, %(partly)d per cent count as met."
        )
        % told
    )


def _plan_facts(problem: Problem, answer: Answered) -> list[Fact]:
    plan = answer.plan
    proven = (
        _("No choice that keeps the rules is worth more.")
        if worth(plan.bound) == worth(plan.value)  # as both are printed
        else _("No choice that keeps the rules is worth more than %(bound)s.") % {"bound": worth(plan.bound)}
    )
    count = ngettext("%(count)d proposal of %(all)d", "%(count)d proposals of %(all)d", len(plan.amounts)) % {
        "count": len(plan.amounts),
        "all": len(problem.proposals),
    }
    return facts(
        (_("The plan funds"), count),
        (_("Given (US dollars)"), amount(plan.given)),
        (_("Worth"), [Line(worth(plan.value), aside=proven)]),
    )


def _beside(compared: Comparison, answer: Answered, names: Mapping[str, str]) -> list[Fact]:
    if not compared.amounts:
        return []
    share = NOTHING if compared.share is None else f"{float(compared.share) * 100:.1f}"
    others = {one: _("%(ours)s, in the plan %(plan)s") % {"ours": amount(a), "plan": amount(b)} for one, (a, b) in
              compared.otherwise.items()}  # fmt: skip
    return facts(
        (_("Our choice gives (US dollars)"), amount(compared.given)),
        (
            _("Worth"),
            _("%(value)s, %(share)s per cent of the plan's") % {"value": worth(compared.value), "share": share},
        ),
        (_("Rules that it breaks"), [Line(change_in_words(each, names)) for each in compared.broken]),
        (
            _("Sums that a proposal cannot use"),
            [Line(each.proposal.title, aside=amount(each.amount)) for each in compared.misfits],
        ),
        (_("Only in our choice"), [Line(names[one]) for one in compared.only_chosen]),
        (_("Only in the plan"), [Line(names[one]) for one in compared.only_planned]),
        (_("In both, with other sums"), [Line(names[one], aside=told) for one, told in others.items()]),
        (_("Given up"), worth(answer.plan.value - compared.value)),
    )


def _given_up(compared: Comparison, problem: Problem) -> TableView | None:
    if not compared.amounts or not compared.needs:
        return None
    titles = {need.id: need.title for need in problem.needs}
    header = (
        HeaderView(_("Need")),
        HeaderView(_("Part met by our choice"), numeric=True),
        HeaderView(_("By the plan"), numeric=True),
        HeaderView(_("Given up"), numeric=True),
    )
    rows = [
        (
            CellView(titles[each.need], reverse("need", args=[each.need]), header=True),
            CellView(_part(each.by_choice), numeric=True),
            CellView(_part(each.by_plan), numeric=True),
            CellView(worth(each.given_up), numeric=True),
        )
        for each in compared.needs[:NAMED]
    ]
    if more := compared.needs[NAMED:]:
        count = ngettext("and %(count)d more", "and %(count)d more", len(more)) % {"count": len(more)}
        rest = sum((each.given_up for each in more), Fraction())
        rows.append((CellView(count, header=True), CellView(""), CellView(""), CellView(worth(rest), numeric=True)))
    whole = sum((each.given_up for each in compared.needs), Fraction())
    totals = (CellView(_("Together"), header=True), CellView(""), CellView(""), CellView(worth(whole), numeric=True))
    caption = _("Needs that one of the two meets further, those that weigh most first")
    return TableView(caption, header, tuple(rows), totals)


def _part(part: Fraction) -> str:
    return f"{float(part) * 100:.0f} %"


def _alternatives(answer: Answered, names: Mapping[str, str]) -> TableView | None:
    if not answer.alternatives:
        return None
    header = (
        HeaderView(_("Instead of")),
        HeaderView(_("It funds")),
        HeaderView(_("Given (US dollars)"), numeric=True),
        HeaderView(_("Worth"), numeric=True),
    )
    rows = tuple(
        (
            CellView(called(each.goes_out, names) if each.goes_out else NOTHING, header=True),
            CellView(called(each.comes_in, names) if each.comes_in else NOTHING),
            CellView(amount(sum(each.amounts.values())), numeric=True),
            CellView(worth(each.value), numeric=True),
        )
        for each in answer.alternatives
    )
    return TableView(_("Plans that are worth all but one per cent as much"), header, rows)


def _frontier(answer: Answered) -> TableView:
    header = (
        HeaderView(_("Budget, per cent")),
        HeaderView(_("Budget (US dollars)"), numeric=True),
        HeaderView(_("Proposals"), numeric=True),
        HeaderView(_("Worth"), numeric=True),
    )
    most = max((float(step.plan.value) for step in answer.frontier if step.plan), default=0.0)
    rows = tuple(
        (
            CellView(f"{step.percent} %", header=True, here=step.percent == HUNDRED),
            CellView(amount(step.budget), numeric=True),
            CellView(str(len(step.plan.amounts)) if step.plan else NOTHING, numeric=True),
            CellView(
                worth(step.plan.value) if step.plan else _("the rules cannot be kept"),
                numeric=True,
                bar=int(HUNDRED * float(step.plan.value) / most) if step.plan and most else 0,
            ),
        )
        for step in answer.frontier
    )
    return TableView(_("What other budgets would do"), header, rows)
