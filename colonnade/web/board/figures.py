"""What a call came to, for those at its desk; and for everybody how projects are chosen and what funding achieved."""

from decimal import Decimal
from typing import Final

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.display import grouped
from colonnade.core.reading import reading_as
from colonnade.funding.models import SeedAward, SeedRound
from colonnade.review.board_figures import passed_of
from colonnade.review.board_queries import calls_of
from colonnade.review.models import Call
from colonnade.review.passages import Passed, Success, days_per_step, success, success_by
from colonnade.review.rules import Rules
from colonnade.web.board.desk import money
from colonnade.web.board.publishing import what_was_achieved
from colonnade.web.board.steps import call_at, crumbs
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest

#: What success is told by -> how people call it.
TRAITS: Final = {
    "entity": gettext_noop("Applicant"),
    "group": gettext_noop("Working group"),
    "pillar": gettext_noop("Pillar"),
    "theme": gettext_noop("Theme"),
    "origin": gettext_noop("Origin"),
}
NOT_SAID = "–"


@require_safe
def call_figures(request: ViewerRequest, code: str) -> HttpResponse:
    """Days per step, and what was asked, recommended and given, over the proposals that the reader may see."""
    call = call_at(request, code)
    with reading_as(request.viewer):
        passed = passed_of(request.viewer, call)
    context = {
        "call": call,
        "days": _days_table(call, passed),
        "tables": [{"name": name, "table": _success_table(_(title), name, passed)} for name, title in TRAITS.items()],
        "counted": len(passed),
        "crumbs": crumbs(
            Crumb(call.title, reverse("board-call", args=[call.code])),
            Crumb(_("How long it took, and who was given what")),
        ),
    }
    return render(request, "board/figures.html", context)


def _days_table(call: Call, passed: list[Passed]) -> TableView:
    titles = {step.code: step.title for step in Rules.read(call.rules).steps}
    header = (
        HeaderView(_("Step")),
        HeaderView(_("Proposals"), numeric=True),
        HeaderView(_("Fewest days"), numeric=True),
        HeaderView(_("Median"), numeric=True),
        HeaderView(_("Most days"), numeric=True),
    )
    rows = tuple(
        (
            CellView(titles.get(each.step, each.step), header=True),
            CellView(grouped(each.proposals), numeric=True),
            CellView(grouped(each.shortest), numeric=True),
            CellView(f"{each.middle:g}", numeric=True),
            CellView(grouped(each.longest), numeric=True),
        )
        for each in days_per_step(passed)
    )
    return TableView(_("Days per step"), header, rows)


def _success_table(title: str, name: str, passed: list[Passed]) -> TableView:
    header = (
        HeaderView(title),
        HeaderView(_("Sent"), numeric=True),
        HeaderView(_("Decided"), numeric=True),
        HeaderView(_("Approved"), numeric=True),
        HeaderView(_("Asked (US dollars)"), numeric=True),
        HeaderView(_("Recommended (US dollars)"), numeric=True),
        HeaderView(_("Given (US dollars)"), numeric=True),
    )
    rows = tuple(_success_row(each, each.trait or NOT_SAID) for each in success_by(name, passed))
    totals = _success_row(success(passed), _("Total"))
    return TableView(_("By %(trait)s") % {"trait": title.lower()}, header, rows, totals if rows else ())


def _success_row(each: Success, title: str) -> tuple[CellView, ...]:
    return (
        CellView(title, header=True),
        *(CellView(grouped(number), numeric=True) for number in (each.sent, each.decided, each.approved)),
        *(CellView(money(sum_), numeric=True) for sum_ in (each.asked, each.recommended, each.given)),
    )


@require_safe
def how_chosen(request: ViewerRequest) -> HttpResponse:
    """How projects are chosen, and what shared funding achieved: what everybody may see, each with its definition."""
    calls = [each for each in calls_of(request.viewer) if each.standing != Call.Standing.PREPARING]
    context = {
        "calls": [{"call": each, "facts": _rules_in_words(each)} for each in calls],
        "rounds": _rounds_table(),
        "achieved": what_was_achieved(request.viewer),
        "crumbs": crumbs(Crumb(_("How projects are chosen"))),
    }
    return render(request, "board/how-chosen.html", context)


def _rules_in_words(call: Call) -> list[Fact]:
    rules = Rules.read(call.rules)
    steps = [
        Line(each.title, aside=_("within %(days)d days") % {"days": each.days} if each.days else "")
        for each in rules.steps
    ]
    whole = sum((each.weight for each in rules.criteria), Decimal(0))
    criteria = [
        Line(each.title, aside=_("%(share)s per cent of the score") % {"share": grouped(100 * each.weight / whole, 1)})
        for each in rules.criteria
    ]
    days = " – ".join(short_day(day) for day in (call.opens_on, call.closes_on) if day)
    return facts(
        (_("Standing"), str(call.get_standing_display())),
        (_("Open for proposals"), days),
        (_("Budget (US dollars)"), money(call.budget_usd) if call.budget_usd else ""),
        (_("Most for one working group (US dollars)"), money(call.group_ceiling_usd) if call.group_ceiling_usd else ""),
        (_("Steps"), steps),
        (_("What reviewers score"), criteria),
        (_("Reviewers of a proposal, drawn by lot"), rules.reviewers or None),
        (_("Members without a conflict that the board needs"), rules.quorum if rules.step("board") else None),
        (_("Who decides"), rules.decided_by),
        (_("Days to object"), rules.objection_days or None),
    )


def _rounds_table() -> TableView | None:
    """The awards that were published, by round: number, sum, and how many groups and entities they reached."""
    counted = {
        row["round"]: row
        for row in SeedAward.objects.order_by()
        .values("round")
        .annotate(
            awards=Count("pk"),
            total=Sum("amount_usd"),
            groups=Count("working_group", distinct=True),
            entities=Count("entity", distinct=True),
        )
    }
    rounds = [each for each in SeedRound.objects.all() if each.pk in counted]
    if not rounds:
        return None
    header = (
        HeaderView(_("Round")),
        HeaderView(_("Awards"), numeric=True),
        HeaderView(_("Given (US dollars)"), numeric=True),
        HeaderView(_("Working groups"), numeric=True),
        HeaderView(_("Entities"), numeric=True),
    )
    rows = []
    for each in rounds:
        row, href = counted[each.pk], reverse("seed-round", args=[each.code])
        numbers = [grouped(row["awards"]), money(row["total"]), grouped(row["groups"]), grouped(row["entities"])]
        rows.append(
            (CellView(each.title, href, header=True), *(CellView(text, href, numeric=True) for text in numbers))
        )
    return TableView(_("What shared funding paid for"), header, tuple(rows))
