"""Calls for proposals, open to everybody: what each asks, how proposals are chosen, what was awarded; and applying."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.reading import ring_around
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity
from colonnade.portfolio.models import Project
from colonnade.review.access import why_not_apply
from colonnade.review.actions.applying import begin_proposal
from colonnade.review.eligibility import title_of
from colonnade.review.models import Call, Proposal
from colonnade.review.rules import Rules
from colonnade.review.summaries import rules_of
from colonnade.review.writing import ProposalRefused
from colonnade.web.board.steps import at_the_desk
from colonnade.web.proposals.awarded import awards_of_round, awards_table
from colonnade.web.proposals.choices import Choices
from colonnade.web.proposals.forms import BeginForm
from colonnade.web.proposals.listed import calls_table, is_illustrative, proposals_table
from colonnade.web.proposals.notes import noted
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of


@require_safe
def calls(request: ViewerRequest) -> HttpResponse:
    """Every call that was opened, those that are open first."""
    with ring_around(request.viewer):
        found = list(Call.objects.visible_to(request.viewer).select_related("process"))
        context = {
            "illustrative": any(is_illustrative(each) for each in found),
            "open": calls_table(
                _("Open for proposals"), [call for call in found if call.standing == Call.Standing.OPEN]
            ),
            "others": calls_table(_("Others"), [call for call in found if call.standing != Call.Standing.OPEN]),
        }
    return render(request, "proposals/calls.html", context)


@require_safe
def call(request: ViewerRequest, code: str) -> HttpResponse:
    """One call: its rules by name, its criteria with their weights, its dates and money, and what came of it."""
    found = _call(request.viewer, code)
    with ring_around(request.viewer):
        rules = rules_of(found)
        own = Proposal.objects.visible_to(request.viewer).filter(call=found).select_related("entity", "call")
        context = {
            "call": found,
            "illustrative": is_illustrative(found),
            "facts": _facts(found, rules),
            "rules": [(title_of(rule), rules.note(f"eligibility.{rule}")) for rule in rules.eligibility],
            "steps": [(step, rules.note(f"steps.{step.code}")) for step in rules.steps],
            "criteria": _criteria(rules),
            "criteria_note": rules.note("criteria"),
            "reports": [(each, _every(each.every_months)) for each in rules.reports],
            "reports_note": rules.note("reports"),
            "awards": awards_table(list(awards_of_round(found))),
            "proposals": proposals_table(_("Proposals that you may read"), list(own)),
            "desk": at_the_desk(request.viewer),
            "why_not": why_not_apply(request.viewer, found),
            "crumbs": [Crumb(_("Calls for proposals"), reverse("calls")), Crumb(found.title)],
        }
    return render(request, "proposals/call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ViewerRequest, code: str) -> HttpResponse:
    """Begin a proposal. For whoever may not, there is no such page."""
    found = _call(request.viewer, code)
    if why_not_apply(request.viewer, found) is not None:
        raise Http404
    entities = {each.code: each for each in Entity.objects.filter(code__in=request.viewer.entity_ids).order_by("code")}
    form = BeginForm(
        [(each.code, f"{each.abbreviation}: {each.name}") for each in entities.values()],
        _projects(request.viewer),
        request.POST if request.method == "POST" else None,
        initial={"entity": next(iter(entities), "")},
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        project = None
        if asked["project"]:
            project = Project.objects.visible_to(request.viewer).filter(public_id=asked["project"]).first()
        try:
            made = begin_proposal(
                call=found,
                entity=entities[asked["entity"]],
                title=asked["title"],
                project=project,
                person=person_of(request),
                actor=actor_of(request),
            )
        except ProposalRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("write-proposal", public_id=made.public_id, section="description")
    crumbs = [Crumb(_("Calls for proposals"), reverse("calls")), Crumb(found.title, reverse("call", args=[found.code]))]
    context = {
        "call": found,
        "illustrative": is_illustrative(found),
        "form": form,
        "crumbs": [*crumbs, Crumb(_("Apply"))],
    }
    return render(request, "proposals/apply.html", context, status=400 if form.errors else 200)


def _call(viewer: Viewer, code: str) -> Call:
    found = Call.objects.visible_to(viewer).select_related("process", "seed_round").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _projects(viewer: Viewer) -> Choices:
    """The projects that the viewer's entities lead, so that what they say is not entered again."""
    found = Project.objects.visible_to(viewer).filter(lead_entity__code__in=viewer.entity_ids).order_by("title")
    return [(each.public_id, f"{each.title}"[:110]) for each in found]


def _facts(found: Call, rules: Rules) -> list[Fact]:
    published = found.seed_round
    return facts(
        (_("Standing"), found.get_standing_display()),
        (_("Opens"), found.opens_on),
        (_("Closes"), found.closes_on),
        (_("Money"), amount(found.budget_usd)),
        (_("Ceiling per working group"), amount(found.group_ceiling_usd)),
        (_("Board"), found.process.title),
        (_("Decided by"), rules.decided_by),
        (_("Quorum"), Line(str(rules.quorum), aside=noted(rules, "quorum")) if "board" in rules.codes else None),
        (_("Days to object to a decision"), Line(str(rules.objection_days), aside=noted(rules, "objection_days"))),
        (_("Source"), found.process.source),
        (_("As published"), Line(published.title, reverse("seed-round", args=[published.code])) if published else None),
    )


def _criteria(rules: Rules) -> TableView | None:
    if not rules.criteria:
        return None
    rows = tuple(
        (
            CellView(each.title, header=True, aside=each.help),
            CellView(f"{rules.share(each) * 100:.0f} %", numeric=True),
        )
        for each in rules.criteria
    )
    header = (HeaderView(_("Criterion")), HeaderView(_("Share of the score"), numeric=True))
    caption = _("Scored from 0 to %(most)s by %(reviewers)s reviewers") % {
        "most": rules.most,
        "reviewers": rules.reviewers,
    }
    return TableView(caption, header, rows)


def _every(months: int) -> str:
    return _("every %(months)s months") % {"months": months} if months else _("once, at the end")
