"""What every page here needs: who reaches it, the proposal of an address, and a page with one form for one thing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.review.board_queries import call_named, proposal_called
from colonnade.review.models import Call, Proposal
from colonnade.review.refusals import ReviewRefused
from colonnade.web.shared.facts import Line
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest

#: How a page with a form is asked for, and sent.
FORMS: Final = ["GET", "HEAD", "POST"]
#: Whose work is at the desk of a call.
AT_THE_DESK: Final = frozenset({Role.SECRETARIAT, Role.BOARD, Role.AUDITOR})


def at_the_desk(viewer: Viewer) -> bool:
    """Whether the desks of calls are there for the viewer."""
    return bool(viewer.roles & AT_THE_DESK)


def call_at(request: ViewerRequest, code: str) -> Call:
    """The call that an address names, for those who work at its desk; for others the page is not there."""
    call = call_named(request.viewer, code) if at_the_desk(request.viewer) else None
    if call is None:
        raise Http404
    return call


def proposal_at(request: ViewerRequest, public_id: str) -> Proposal:
    """The proposal that an address names. One that the reader may not see is not there."""
    proposal = proposal_called(request.viewer, public_id)
    if proposal is None:
        raise Http404
    return proposal


def crumbs(*steps: Crumb) -> list[Crumb]:
    """The way to a page of this area."""
    return [Crumb(_("Calls and the board"), reverse("board")), *steps]


def crumbs_of(request: ViewerRequest, proposal: Proposal, here: str = "") -> list[Crumb]:
    """The way to a page of a proposal."""
    call = Crumb(proposal.call.title)
    if at_the_desk(request.viewer):
        call = Crumb(proposal.call.title, reverse("board-call", args=[proposal.call.code]))
    page = reverse("proposal-way", args=[proposal.public_id]) if here else ""
    return crumbs(call, Crumb(proposal.title, page), *([Crumb(here)] if here else []))


@dataclass(frozen=True, slots=True)
class OneForm:
    """A page with one form: what it is about, what sending it does, and where one comes back to.

    ``why_not`` says why the reader cannot do it, and ``mends`` where that is mended; ``warning`` what to know first.
    ``second`` is a second button: its name and title.
    """

    title: str
    of: str
    button: str
    done: str
    back: str
    crumbs: list[Crumb]
    lead: str = ""
    warning: str = ""
    why_not: str | None = None
    second: tuple[str, str] | None = None
    mends: Sequence[Line] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def with_more(self, more: Mapping[str, Any]) -> Self:
        """The page with more for a template of its own."""
        return replace(self, more=more)


def form_page(
    request: ViewerRequest,
    page: OneForm,
    form: forms.Form,
    write: Callable[[], object],
    template: str = "board/form.html",
) -> HttpResponse:
    """Show ``form``, or, sent and sound, do what ``write`` does. What was refused is said by the form."""
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except ReviewRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, page.done)
            return redirect(page.back)
    status = 400 if form.is_bound and form.errors else 200
    return render(request, template, {"page": page, "form": form, "crumbs": page.crumbs, **page.more}, status=status)


def do(request: ViewerRequest, back: str, write: Callable[[], object], done: str) -> HttpResponse:
    """Do what a button does, and come back; what was refused is said there."""
    try:
        write()
    except ReviewRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(back)
