"""The views in which a proposal is taken as a form in Word, and a form that was filled in is taken in again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.problems import ProblemsFound
from colonnade.reporting.wordform.reading import read_form
from colonnade.reporting.wordform.writing import write_form
from colonnade.review.access import why_not_write
from colonnade.review.actions.applying import save_whole
from colonnade.review.models import WITH_THE_APPLICANT, Proposal, Standing
from colonnade.review.summaries import cited_need
from colonnade.review.writing import ProposalChanged, ProposalRefused
from colonnade.web.proposals.editing import AGAINST, CONFLICT, crumbs
from colonnade.web.proposals.editors import Editor, FieldsEditor, RowsEditor, editor_of, sent_from
from colonnade.web.proposals.listed import is_illustrative
from colonnade.web.proposals.merging import Difference, choose, compare
from colonnade.web.proposals.reads import note_needs
from colonnade.web.proposals.sections import TITLES, title_of
from colonnade.web.proposals.typed import kept, read_kept
from colonnade.web.proposals.views import back_to, proposal_of
from colonnade.web.proposals.wordform import copy_of, form_of, read_base, sent_from_word
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def proposal_docx(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The proposal as the form that people circulate; for those who do not write it now, a copy to read."""
    found = proposal_of(request, public_id)
    make = form_of if _is_writing(request, found) else copy_of
    note_needs(request, [cited_need(request.viewer, found)], "proposal-docx")
    answer = HttpResponse(write_form(make(request.viewer, found, get_language() or "en")), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="proposal-{found.public_id}.docx"'
    return answer


def _is_writing(request: ViewerRequest, found: Proposal) -> bool:
    return why_not_write(request.viewer, found) is None and Standing(found.standing) in WITH_THE_APPLICANT


@require_http_methods(["GET", "HEAD", "POST"])
def import_proposal(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Take a form in that was filled in: first what differs is shown, then what was chosen is saved."""
    found = proposal_of(request, public_id)
    if not _is_writing(request, found):
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    if AGAINST in request.POST:
        return _chosen(request, found)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _page(request, found, problems=[_("Choose a file.")], status=400)
    try:
        read = read_form(cast(BinaryIO, file.file), file.name or "form.docx")
    except ProblemsFound as refused:
        return _page(request, found, problems=[str(each) for each in refused.problems], status=400)
    problems = [str(each) for each in read.problems]
    travelled = read_base(read.kept)
    if travelled is not None and travelled.proposal != found.public_id:
        problems.append(_("This is the form of another proposal."))
    if not any(tag.partition(".")[0] in TITLES for tag in read.texts):
        problems.append(_("No field of the form is in the file: its content controls are gone."))
    sides: dict[str, dict[str, Any]] = {}
    for name in TITLES:
        editor, base = editor_of(name, request.viewer, found), travelled.base.get(name) if travelled else None
        theirs = editor.standing()
        if editor.read(sent_from_word(editor, read.texts, base if base is not None else theirs)):
            sides[name] = {"base": base, "theirs": theirs, "mine": editor.typed(theirs)}
        else:
            where = title_of(name)
            problems += [f"{where}: {each.title}: {each.text}" for each in editor.problems()]
    if problems:
        return _page(request, found, problems=problems, status=400)
    return _compared(request, found, sides, {}, found.version)


def _compared(
    request: ViewerRequest,
    found: Proposal,
    sides: Mapping[str, Mapping[str, Any]],
    chosen: Mapping[str, str],
    against: int,
    problems: list[str] | None = None,
) -> HttpResponse:
    """What differs, to choose from; a text or a row that the file no longer has is asked about."""
    groups, hidden = [], [(AGAINST, str(against))]
    for name, side in sides.items():
        differences = _differences(editor_of(name, request.viewer, found), side, chosen)
        if differences:
            groups.append((title_of(name), differences))
            hidden += [(f"{which}-{name}", kept(typed)) for which, typed in side.items() if typed is not None]
    if not groups:
        return _page(request, found, same=True)
    status = CONFLICT if chosen else 200
    return _page(request, found, problems=problems, groups=groups, hidden=hidden, status=status)


def _differences(editor: Editor, side: Mapping[str, Any], chosen: Mapping[str, str]) -> list[Difference]:
    prefix = f"choose-{editor.name}-"
    made = {f"choose-{key.removeprefix(prefix)}": value for key, value in chosen.items() if key.startswith(prefix)}
    found = []
    for each in compare(editor, side["base"], side["theirs"], side["mine"], made):
        gone = not each.mine and bool(each.before) and f"choose-{each.name}" not in made
        shown = replace(each, choose=prefix)
        found.append(replace(shown, conflict=True, chosen="") if gone else shown)
    return found


def _chosen(request: ViewerRequest, found: Proposal) -> HttpResponse:
    """Save what was chosen, all of it or nothing."""
    sent, against = request.POST, request.POST[AGAINST]
    if not (against.isascii() and against.isdigit() and len(against) < 10):
        raise Http404
    sides: dict[str, dict[str, Any]] = {}
    for name in TITLES:
        mine, theirs = read_kept(sent.get(f"mine-{name}", "")), read_kept(sent.get(f"theirs-{name}", ""))
        if mine is not None and theirs is not None:
            base = read_kept(sent[f"base-{name}"]) if f"base-{name}" in sent else None
            sides[name] = {"base": base, "theirs": theirs, "mine": mine}
    changes: dict[str, Any] = {}
    lists, problems, undecided = {}, [], False
    for name, side in sides.items():
        editor = editor_of(name, request.viewer, found)
        if isinstance(editor, FieldsEditor) and not set(side["mine"]) == set(side["theirs"]) == set(editor.standing()):
            raise Http404
        differences = _differences(editor, side, sent.dict())
        undecided = undecided or not all(each.chosen for each in differences)
        if not editor.read(sent_from(editor, choose(differences, side["theirs"], side["mine"]))):
            problems += [f"{title_of(name)}: {each.title}: {each.text}" for each in editor.problems()]
        elif isinstance(editor, FieldsEditor):
            changes |= editor.changes
        elif isinstance(editor, RowsEditor):
            lists[name] = editor.filled_in
    if undecided or problems:
        return _compared(request, found, sides, sent.dict(), int(against), problems)
    try:
        save_whole(
            proposal=found,
            expected_version=int(against),
            changes=changes,
            lists=lists,
            person=person_of(request),
            actor=actor_of(request),
        )
    except Proposal.DoesNotExist:
        raise Http404 from None
    except (ProposalChanged, ProposalRefused) as refused:
        return _page(request, found, problems=[str(refused)], status=CONFLICT)
    messages.success(request, _("What you chose of the form is saved."))
    return back_to(found)


def _page(
    request: ViewerRequest,
    found: Proposal,
    *,
    problems: list[str] | None = None,
    groups: Any = (),
    hidden: Any = (),
    same: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "proposal": found,
        "illustrative": is_illustrative(found),
        "problems": problems or [],
        "groups": groups,
        "hidden": hidden,
        "same": same,
        "crumbs": crumbs(found, _("Word form")),
    }
    return render(request, "proposals/import.html", context, status=status)
