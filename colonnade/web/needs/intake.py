"""Views in which assessors take a workbook of what stands, and give it back: looked at first, then taken in whole.

Between looking and confirming nothing waits here: what was read travels with the form, signed for the person who gave
it, and says nothing a day later.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, BinaryIO, Final, cast

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.audit.reads import note_reads
from colonnade.core.problems import Problem, ProblemsFound
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Level
from colonnade.needs.assessments.access import why_never_record
from colonnade.needs.assessments.actions import AssessmentRefused
from colonnade.needs.intake.actions import IntakeChanged, sign, take_in
from colonnade.needs.intake.columns import SHEETS, Intake, Part, Row
from colonnade.needs.intake.comparing import Outcome, Plan, compare
from colonnade.needs.intake.queries import Known, Standing, lists_for, records_for, standing_for
from colonnade.needs.models import Assessment, Recommendation
from colonnade.reporting.needsform.reading import MOST_ROWS, read_form
from colonnade.reporting.needsform.writing import write_form
from colonnade.web.needs.intake_page import shown_of
from colonnade.web.needs.views import crumbs
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The field that holds what was read, and the one that says which plan was looked at.
HELD, LOOKED_AT = "held", "looked-at"
HELD_FOR: Final = timedelta(days=1)
#: A form takes no more: characters of what was read, choices.
_MOST_HELD: Final = 2_000_000
_MOST_CHOICES: Final = 800
#: Problems that a page prints; the first are mended first.
_MOST_PROBLEMS: Final = 200
_SALT: Final = "colonnade.web.needs.intake"
_CONFLICT: Final = 409


@require_safe
def workbook(request: ViewerRequest) -> HttpResponse:
    """What stands of the reader's States, or of one of them, to fill in."""
    if why_never_record(request.viewer) is not None:
        raise Http404
    countries = records_for(request.viewer)
    code = request.GET.get("state", "")
    if code:
        countries = countries.filter(code=code)
        if not countries.exists():
            raise Http404
    with reading_as(request.viewer):
        standing = standing_for(request.viewer, countries)
        lists = lists_for(request.viewer, get_language() or "en")
    if max(len(standing.assessments), len(standing.needs)) > MOST_ROWS:
        return _page(request, problems=[_too_many()], status=400)
    _note(request, [*standing.assessments.values()], [*standing.needs.values()], "needs-workbook")
    about = [_("As of %(day)s.") % {"day": timezone.localdate().isoformat()}]
    content = write_form(standing, lists, right_to_left=get_language_bidi(), about=about)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="assessments{f"-{code}" if code else ""}.xlsx"'
    return answer


def _too_many() -> Problem:
    message, mend = _("more than %(most)s rows") % {"most": MOST_ROWS}, _("take the workbook of one State")
    return Problem(_("Workbook"), None, None, "", message, mend)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in_workbook(request: ViewerRequest) -> HttpResponse:
    """Take a workbook, look at what it would change, and confirm it. For others the page says why not."""
    if why_not := why_never_record(request.viewer):
        context = {"why_not": why_not, "crumbs": crumbs(Crumb(_("From Excel")))}
        return render(request, "needs/intake.html", context, status=403)
    if request.method != "POST":
        return _page(request)
    if HELD in request.POST:
        return _confirmed(request)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _page(request, problems=[Problem("", None, None, "", _("no file came"), _("choose one"))], status=400)
    with reading_as(request.viewer):
        lists = lists_for(request.viewer, get_language() or "en")
    try:
        intake, problems = read_form(cast(BinaryIO, file.file), file.name or "workbook.xlsx", lists)
    except ProblemsFound as refused:
        return _page(request, problems=[*refused.problems], status=400)
    plan, standing = _plan(request, intake, {})
    if problems or plan.problems:
        cells = {(each.file, each.row, each.column) for each in problems}
        more = [each for each in plan.problems if (each.file, each.row, each.column) not in cells]
        return _page(request, problems=[*problems, *more], status=400)
    return _compared(request, _needed(intake, plan), standing, left=plan.left)


def _plan(request: ViewerRequest, intake: Intake, choices: Mapping[str, str]) -> tuple[Plan, Standing]:
    with reading_as(request.viewer):
        standing = standing_for(request.viewer)
    return compare(intake, standing, choices=choices, sign=sign, today=timezone.localdate()), standing


def _needed(intake: Intake, plan: Plan) -> Intake:
    """The rows that say something: all but those that say what stands."""
    same = {
        (each.row.part, each.row.number)
        for each in plan.outcomes
        if each.known and each.known.key == each.row.key and not each.differences
    }
    kept = (
        tuple(row for row in rows if (row.part, row.number) not in same) for rows in (intake.assessments, intake.needs)
    )
    return Intake(intake.file, *kept)


def _compared(
    request: ViewerRequest,
    intake: Intake,
    standing: Standing,
    *,
    left: int = 0,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the workbook would change; where it changes nothing, that."""
    choices = request.POST.dict()
    plan = compare(intake, standing, choices=choices, sign=sign, today=timezone.localdate())
    if plan.problems:
        return _page(request, problems=[*plan.problems], status=400)
    if not plan.changes:
        return _page(request, same=True)
    held = signing.dumps([person_of(request).pk, _packed(intake)], salt=_SALT, compress=True)
    asked = sum(1 for each in plan.outcomes for one in each.differences if one.conflict or one.emptied)
    if len(held) > _MOST_HELD or asked > _MOST_CHOICES:
        message, mend = _("it changes more at once than is taken"), _("divide it by State, or take the workbook anew")
        return _page(request, problems=[Problem(intake.file, None, None, "", message, mend)], status=400)
    _note(request, _known(plan.assessments), _known(plan.needs), "needs-intake")
    with reading_as(request.viewer):
        lists = lists_for(request.viewer, get_language() or "en")
    more = {"preview": shown_of(plan, lists), "held": held, "looked_at": plan.digest, "left": left}
    return _page(request, problems=problems, status=status, **more)


def _known(outcomes: tuple[Outcome, ...]) -> list[Known]:
    return [each.known for each in outcomes if each.known]


def _confirmed(request: ViewerRequest) -> HttpResponse:
    """Take in what was looked at, all of it or nothing."""
    try:
        held = signing.loads(request.POST[HELD], salt=_SALT, max_age=HELD_FOR)
        person, packed = held
    except signing.SignatureExpired:
        message, mend = _("it was looked at more than a day ago"), _("give the workbook again")
        return _page(request, problems=[Problem("", None, None, "", message, mend)], status=400)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    if person != person_of(request).pk:
        raise Http404
    intake, choices = _unpacked(packed), request.POST.dict()
    try:
        taken = take_in(
            intake=intake, choices=choices, digest=request.POST.get(LOOKED_AT, ""), person=person_of(request),
            actor=actor_of(request),
        )  # fmt: skip
    except ProblemsFound as refused:
        return _page(request, problems=[*refused.problems], status=400)
    except AssessmentRefused as refused:
        with reading_as(request.viewer):
            standing = standing_for(request.viewer)
        status = _CONFLICT if isinstance(refused, IntakeChanged) else 400
        said = Problem(intake.file, None, None, "", str(refused).rstrip("."), _("look below, then confirm"))
        return _compared(request, intake, standing, problems=[said], status=status)
    made = ngettext("%(number)s record is new", "%(number)s records are new", taken.made) % {"number": taken.made}
    changed = ngettext("%(number)s changed", "%(number)s changed", taken.changed) % {"number": taken.changed}
    messages.success(request, _("Taken in: %(made)s, %(changed)s.") % {"made": made, "changed": changed})
    return redirect("needs-import")


def _packed(intake: Intake) -> dict[str, Any]:
    return asdict(intake)


def _unpacked(packed: Mapping[str, Any]) -> Intake:
    """What :func:`_packed` wrote; the signature says that nobody else did."""
    assessments, needs = (
        tuple(Row(Part(each["part"]), each["number"], each["key"], each["values"], each["base"]) for each in rows)
        for rows in (packed["assessments"], packed["needs"])
    )
    return Intake(packed["file"], assessments, needs)


def _note(request: ViewerRequest, assessments: list[Known], needs: list[Known], what: str) -> None:
    """Note what of these is restricted: the person is shown it."""
    for model, rows in ((Assessment, assessments), (Recommendation, needs)):
        restricted = [each.pk for each in rows if each.values["level"] == Level.RESTRICTED]
        if restricted:
            note_reads(table=model._meta.db_table, row_ids=restricted, what=what, actor=actor_of(request))


def _page(
    request: ViewerRequest, *, problems: list[Problem] | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    language = get_language() or "en"
    states = [(each.code, each.name_in(language)) for each in records_for(request.viewer)]
    found = problems or []
    context = {
        "problems": found[:_MOST_PROBLEMS],
        "further": max(0, len(found) - _MOST_PROBLEMS),
        "states": sorted(states, key=lambda each: each[1]),
        "sheets": [_(title) for title in SHEETS.values()],
        "crumbs": crumbs(Crumb(_("From Excel"))),
        **more,
    }
    return render(request, "needs/intake.html", context, status=status)
