"""The views in which a proposal is written, section by section. Whoever saves over somebody else's edit loses nothing:
edits of different fields come together by themselves, and of one field that both changed a person chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from colonnade.core.reading import ring_around
from colonnade.review.access import why_not_write
from colonnade.review.models import WITH_THE_APPLICANT, Proposal, Standing
from colonnade.review.summaries import checks_of, citable_needs, proposal_called
from colonnade.review.writing import ProposalChanged, ProposalRefused
from colonnade.strategy.models import Strategy
from colonnade.web.proposals.checking import shown_checks
from colonnade.web.proposals.editors import COUNT, Editor, FieldsEditor, RowsEditor, editor_of, sent_from
from colonnade.web.proposals.listed import is_illustrative
from colonnade.web.proposals.merging import CHOOSE, choose, compare
from colonnade.web.proposals.money import ceiling_of
from colonnade.web.proposals.proposing import can_propose, with_proposals
from colonnade.web.proposals.reads import note_needs
from colonnade.web.proposals.returned import returned
from colonnade.web.proposals.sections import LEADS, TITLES, title_of
from colonnade.web.proposals.typed import Typed, kept, read_kept
from colonnade.web.shared.pages import Crumb, Tab
from colonnade.web.shared.proposing import is_asked
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

#: What a form carries besides what is typed: what it was made from, and whether it is saved while somebody types.
VERSION, BASE, AS_TYPED, GO_ON = "version", "base", "as-typed", "go-on"
#: Of a merge: what was typed, what they made of it, and the version that theirs is.
MINE, THEIRS, AGAINST = "mine", "theirs", "against"
CONFLICT: Final = 409
#: Others may save in between; whoever loses this often is shown both edits.
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form of a section was made from."""

    version: int
    base: dict[str, str] | None


@require_http_methods(["GET", "HEAD", "POST"])
def write_proposal(request: ViewerRequest, public_id: str, section: str) -> HttpResponse:
    """Write one section. For whoever may not, there is no such page."""
    proposal = proposal_called(request.viewer, public_id)
    if proposal is None or section not in TITLES or why_not_write(request.viewer, proposal) is not None:
        raise Http404
    if Standing(proposal.standing) not in WITH_THE_APPLICANT:
        return redirect("proposal", public_id=public_id)
    editor = editor_of(section, request.viewer, proposal)
    if section == "origin":
        note_needs(request, citable_needs(request.viewer), "write-proposal-page")
    if request.method != "POST":
        standing = editor.standing()
        editor.show(standing)
        return _form_page(request, proposal, editor, Draft(proposal.version, standing))
    if AGAINST in request.POST:
        return _merged(request, proposal, editor)
    draft = Draft(_number(request, VERSION), read_kept(request.POST.get(BASE, "")))
    if is_asked(request) and isinstance(editor, FieldsEditor):
        with_proposals(request, editor)
        return _form_page(request, proposal, editor, draft)
    if not editor.read(request.POST):
        if AS_TYPED in request.POST:
            return JsonResponse({"problems": len(editor.problems())}, status=400)
        return _form_page(request, proposal, editor, draft, status=400)
    return _saved(request, proposal, editor, draft, editor.typed(draft.base or {}))


def _saved(
    request: ViewerRequest, proposal: Proposal, editor: Editor, draft: Draft, mine: Typed, tries: int = TRIES
) -> HttpResponse:
    """Save what was typed; where somebody else was first, together with theirs."""
    try:
        saved = editor.save(draft.version, person_of(request), actor_of(request))
    except Proposal.DoesNotExist:
        raise Http404 from None
    except ProposalChanged:
        return _both(request, proposal, editor, draft, mine, tries)
    except ProposalRefused as refused:
        if AS_TYPED in request.POST:
            return JsonResponse({"refused": str(refused)}, status=400)
        return _form_page(request, proposal, editor, draft, status=400, refused=str(refused))
    if AS_TYPED in request.POST:
        again = _fresh(request, proposal, editor.name)
        text = _("Saved as you typed, at %(time)s.") % {"time": timezone.localtime().strftime("%H:%M")}
        return JsonResponse({"version": saved.version, "base": kept(again.standing()), "text": text})
    messages.success(request, _("The section is saved."))
    return redirect(_next(request, saved, editor.name))


def _both(
    request: ViewerRequest, proposal: Proposal, editor: Editor, draft: Draft, mine: Typed, tries: int
) -> HttpResponse:
    """Somebody saved meanwhile: bring both together where no field was changed by both."""
    again = _fresh(request, proposal, editor.name)
    theirs, version = again.standing(), again.proposal.version
    differences = compare(again, draft.base, theirs, mine, {})
    if (
        tries
        and all(each.chosen for each in differences)
        and again.read(sent_from(again, choose(differences, theirs, mine)))
    ):
        return _saved(request, again.proposal, again, Draft(version, theirs), again.typed(theirs), tries - 1)
    if AS_TYPED in request.POST:
        return JsonResponse({"text": _("Somebody else changed the same: press Save to see both.")}, status=CONFLICT)
    return _merge_page(request, again, draft.base, theirs, mine, version, {})


def _merged(request: ViewerRequest, proposal: Proposal, editor: Editor) -> HttpResponse:
    """A merge was sent: what was typed, what it was made over, and the choices, one by one."""
    sent = request.POST
    mine, theirs = read_kept(sent.get(MINE, "")), read_kept(sent.get(THEIRS, ""))
    if mine is None or theirs is None:
        raise Http404
    base, against = read_kept(sent.get(BASE, "")), _number(request, AGAINST)
    if isinstance(editor, FieldsEditor) and not mine.keys() == theirs.keys() == editor.standing().keys():
        raise Http404
    differences = compare(editor, base, theirs, mine, sent.dict())
    if not all(each.chosen for each in differences) and GO_ON not in sent:
        return _merge_page(request, editor, base, theirs, mine, against, sent.dict())
    result = choose(differences, theirs, mine)
    if GO_ON in sent:
        editor.show(result)
        return _form_page(request, proposal, editor, Draft(against, theirs))
    draft = Draft(against, theirs)
    if not editor.read(sent_from(editor, result)):
        return _form_page(request, proposal, editor, draft, status=400)
    return _saved(request, proposal, editor, draft, editor.typed(theirs), tries=0)


def _fresh(request: ViewerRequest, proposal: Proposal, section: str) -> Any:
    """The editor of the section as the proposal stands now."""
    current = proposal_called(request.viewer, proposal.public_id)
    if current is None:
        raise Http404
    return editor_of(section, request.viewer, current)


def _form_page(
    request: ViewerRequest,
    proposal: Proposal,
    editor: Editor,
    draft: Draft,
    *,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    with ring_around(request.viewer):
        checks = shown_checks(proposal, checks_of(request.viewer, proposal, timezone.localdate()))
        strategy = Strategy.objects.first()
        context = {
            "proposal": proposal,
            "illustrative": is_illustrative(proposal),
            "editor": editor,
            "returned": returned(request.viewer, proposal),
            "is_list": not isinstance(editor, FieldsEditor),
            "count": COUNT,
            "section_title": title_of(editor.name),
            "lead": _(LEADS[editor.name]) if editor.name in LEADS else "",
            "version": draft.version,
            "base": kept(draft.base) if draft.base is not None else "",
            "problems": editor.problems() if status != 200 else [],
            "refused": refused,
            "sections": _tabs(proposal, editor.name),
            "following": _following(editor.name),
            "checks": checks,
            "lacking": sum(1 for check in checks if check.lacks),
            "ceiling": ceiling_of(request.viewer, proposal),
            "active": editor.active if isinstance(editor, RowsEditor) else (),
            "proposes": can_propose(editor),
            "assessor": strategy.assessor if strategy else "",
            "crumbs": crumbs(proposal, title_of(editor.name)),
        }
    return render(request, "proposals/write.html", context, status=status)


def _merge_page(
    request: ViewerRequest,
    editor: Any,
    base: Typed | None,
    theirs: Typed,
    mine: Typed,
    against: int,
    chosen: Mapping[str, str],
) -> HttpResponse:
    """Both edits, over what both began with."""
    differences = compare(editor, base, theirs, mine, chosen)
    context = {
        "proposal": editor.proposal,
        "illustrative": is_illustrative(editor.proposal),
        "section": editor.name,
        "section_title": title_of(editor.name),
        "differences": differences,
        "undecided": [each for each in differences if not each.chosen],
        "asked_to_choose": bool(chosen),
        "choose": CHOOSE,
        "hidden": [
            (BASE, kept(base) if base is not None else ""), (MINE, kept(mine)), (THEIRS, kept(theirs)),
            (AGAINST, str(against)),
        ],
        "crumbs": crumbs(editor.proposal, _("Merge two edits")),
    }  # fmt: skip
    return render(request, "proposals/merge.html", context, status=CONFLICT)


def _tabs(proposal: Proposal, current: str) -> list[Tab]:
    return [
        Tab(title_of(name), reverse("write-proposal", args=[proposal.public_id, name]), name == current)
        for name in TITLES
    ]


def _following(section: str) -> str:
    names = list(TITLES)
    place = names.index(section) + 1
    return names[place] if place < len(names) else ""


def _next(request: ViewerRequest, proposal: Proposal, section: str) -> str:
    """Where a save leads: on to the next section where that was asked for."""
    following = _following(section) if GO_ON in request.POST else section
    if not following:
        return reverse("proposal", args=[proposal.public_id])
    return reverse("write-proposal", args=[proposal.public_id, following])


def _number(request: ViewerRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404
    return int(text)


def crumbs(proposal: Proposal, title: str = "") -> list[Crumb]:
    """The way to a page of a proposal."""
    own = Crumb(proposal.title, reverse("proposal", args=[proposal.public_id])) if title else Crumb(proposal.title)
    return [Crumb(_("Proposals"), reverse("proposals")), own, *([Crumb(title)] if title else [])]
