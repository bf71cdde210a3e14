"""For everybody: how projects are chosen, and what funding achieved."""

from decimal import Decimal

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.display import grouped
from colonnade.funding.models import SeedAward, SeedRound
from colonnade.review.board_queries import calls_of
from colonnade.review.models import Call
from colonnade.review.rules import Rules
from colonnade.web.board.printed import money
from colonnade.web.board.publishing import what_was_achieved
from colonnade.web.board.steps import crumbs
from colonnade.web.proposals.notes import note_in_words, noted
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest


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
        Line(
            each.title,
            aside=noted(
                rules,
                f"steps.{each.code}",
                aside=_("within %(days)d days") % {"days": each.days} if each.days else "",
            ),
        )
        for each in rules.steps
    ]
    whole = sum((each.weight for each in rules.criteria), Decimal(0))
    criteria = [
        Line(each.title, aside=_("%(share)s per cent of the score") % {"share": grouped(100 * each.weight / whole, 1)})
        for each in rules.criteria
    ]
    if criteria and (where := note_in_words(rules.note("criteria"))):
        criteria.append(Line(capfirst(where)))
    days = " – ".join(short_day(day) for day in (call.opens_on, call.closes_on) if day)
    return facts(
        (_("Standing"), str(call.get_standing_display())),
        (_("Open for proposals"), days),
        (_("Budget (US dollars)"), money(call.budget_usd) if call.budget_usd else ""),
        (_("Most for one working group (US dollars)"), money(call.group_ceiling_usd) if call.group_ceiling_usd else ""),
        (_("Steps"), steps),
        (_("What reviewers score"), criteria),
        (
            _("Reviewers of a proposal, drawn by lot"),
            _counted(rules.reviewers, noted(rules, "reviewers", "steps.scoring")),
        ),
        (
            _("Members without a conflict that the board needs"),
            _counted(rules.quorum if rules.step("board") else 0, noted(rules, "quorum")),
        ),
        (_("Who decides"), Line(rules.decided_by, aside=noted(rules, "decided_by"))),
        (_("Days to object"), _counted(rules.objection_days, noted(rules, "objection_days"))),
    )


def _counted(number: int, aside: str) -> Line | None:
    return Line(grouped(number), aside=aside) if number else None


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
        # A published award always has its sum; its group and its entity it may lack.
        named = [grouped(row[name]) if row[name] else _("not published") for name in ("groups", "entities")]
        numbers = [grouped(row["awards"]), money(row["total"]), *named]
        rows.append(
            (CellView(each.title, href, header=True), *(CellView(text, href, numeric=True) for text in numbers))
        )
    return TableView(_("What shared funding paid for"), header, tuple(rows))
