"""The views in which a proposal is sent, once its checks were looked at, or taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.core.reading import ring_around
from colonnade.review.actions.applying import begin_amendment
from colonnade.review.actions.sending import submit_proposal, withdraw_proposal
from colonnade.review.amending import why_not_amend
from colonnade.review.models import Proposal
from colonnade.review.summaries import checks_of, rules_of
from colonnade.review.workflow import workflow_of
from colonnade.review.writing import NotEligible, ProposalChanged, ProposalRefused
from colonnade.web.proposals.checking import shown_checks
from colonnade.web.proposals.editing import CONFLICT, crumbs
from colonnade.web.proposals.forms import WithdrawForm
from colonnade.web.proposals.listed import is_illustrative
from colonnade.web.proposals.money import ceiling_of
from colonnade.web.proposals.views import back_to, proposal_of
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def send_proposal(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Every check of a proposal, and the button that sends it. For whoever may not, there is no such page."""
    found = _where(request, public_id, "submit")
    if request.method != "POST":
        return _send_page(request, found)
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise Http404
    try:
        submit_proposal(
            proposal=found, expected_version=int(version), person=person_of(request), actor=actor_of(request)
        )
    except Proposal.DoesNotExist:
        raise Http404 from None
    except NotEligible:
        return _send_page(request, found, status=400)
    except ProposalChanged:
        text = _("Somebody changed the proposal since you opened this page. Look at it again, then send it.")
        return _send_page(request, proposal_of(request, public_id), status=CONFLICT, refused=text)
    except ProposalRefused as refused:
        return _send_page(request, found, status=400, refused=str(refused))
    messages.success(request, _("The proposal was sent."))
    return back_to(found)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take a proposal back, for a reason. For whoever may not, there is no such page."""
    found = _where(request, public_id, "withdraw")
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                withdraw_proposal(
                    proposal=found,
                    expected_version=form.cleaned_data["version"],
                    because=form.cleaned_data["because"],
                    person=person_of(request),
                    actor=actor_of(request),
                )
            except Proposal.DoesNotExist:
                raise Http404 from None
            except (ProposalChanged, ProposalRefused) as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The proposal was withdrawn."))
                return redirect("proposals")
    context = {
        "proposal": found,
        "illustrative": is_illustrative(found),
        "form": form,
        "crumbs": crumbs(found, _("Withdraw")),
    }
    return render(request, "proposals/withdraw.html", context, status=status)


@require_POST
def amend(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Begin an amendment of an approved proposal. For whoever may not, there is no such page."""
    found = proposal_of(request, public_id)
    if why_not_amend(request.viewer, found) is not None:
        raise Http404
    try:
        made = begin_amendment(proposal=found, person=person_of(request), actor=actor_of(request))
    except ProposalRefused as refused:
        messages.error(request, str(refused))
        return back_to(found)
    return redirect("write-proposal", public_id=made.public_id, section="description")


def _where(request: ViewerRequest, public_id: str, step: str) -> Proposal:
    found = proposal_of(request, public_id)
    if workflow_of(rules_of(found.call))[step].why_not(request.viewer, found) is not None:
        raise Http404
    return found


def _send_page(request: ViewerRequest, found: Proposal, *, status: int = 200, refused: str = "") -> HttpResponse:
    with ring_around(request.viewer):
        checks = shown_checks(found, checks_of(request.viewer, found, timezone.localdate()))
        context = {
            "proposal": found,
            "illustrative": is_illustrative(found),
            "checks": checks,
            "lacking": sum(1 for check in checks if check.lacks),
            "ceiling": ceiling_of(request.viewer, found),
            "refused": refused,
            "rules": rules_of(found.call),
            "crumbs": crumbs(found, _("Send")),
        }
    return render(request, "proposals/send.html", context, status=status)
