"""Files of plans of action: the brief and the whole plan for Word and as PDF, the costed table as CSV and workbook.

Files are in English whatever the reader's language, and say nothing that the pages would not say to the same reader.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final

import xlsxwriter
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.figures.result import Cell
from colonnade.audit.reads import note_reads
from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Level
from colonnade.needs.models import ActionPlan, PlanCosts
from colonnade.needs.plans.freezing import CostedTable
from colonnade.needs.plans.queries import costed_table, costs_called, plan_called, plan_content
from colonnade.reporting.briefs import PlanFacts, compose_full_plan, compose_plan_brief
from colonnade.reporting.document import Document
from colonnade.reporting.workbook.cells import Formats
from colonnade.reporting.workbook.sheets import write_sheet
from colonnade.strategy.models import Strategy
from colonnade.web.listing.files import EXCEL
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.documents import CONTENT_TYPES, RENDER
from colonnade.web.shared.requests import ViewerRequest, actor_of
from colonnade.web.shared.separated import download
from colonnade.web.shared.stepping_up import confirmation_first
from colonnade.web.shared.taking import before_taking, closed_records, taken

_COMPOSE: Final[Mapping[str, Callable[[PlanFacts], Document]]] = {
    "brief": compose_plan_brief,
    "plan": compose_full_plan,
}


def files_of(plan: ActionPlan) -> tuple[Download, ...]:
    """The files of a plan that its reader sees anything of."""
    kinds = (("docx", _("Word")), ("pdf", _("PDF")))
    notes = (("brief", _("brief of two pages")), ("plan", _("the whole plan")))
    return tuple(
        Download(title, reverse("plan-file", args=[plan.public_id, what, kind]), note)
        for what, note in notes
        for kind, title in kinds
    )


def costs_files(costs: PlanCosts) -> tuple[Download, ...]:
    """The files of a costed table."""
    kinds = (("csv", _("CSV")), ("xlsx", _("Excel")))
    return tuple(Download(title, reverse("plan-costs-file", args=[costs.public_id, kind])) for kind, title in kinds)


@require_safe
def plan_file(request: ViewerRequest, public_id: str, what: str, kind: str) -> HttpResponseBase:
    """The brief, or the whole plan, as this reader may have it; a plan of its circle, or one with restricted needs in
    it, after a question."""
    viewer = request.viewer
    if what not in _COMPOSE or kind not in RENDER:
        raise Http404
    with reading_as(viewer):
        plan = plan_called(viewer, public_id)
        content = plan_content(plan, viewer) if plan is not None else None
    if plan is None or content is None:
        raise Http404
    closed = closed_records(viewer, "recommendation") if content.needs else {}
    needs = taken(closed, (each.public_id for each in content.needs))
    note = f"action-plan-{what}-{kind}"
    if plan.level == Level.RESTRICTED and (question := confirmation_first(request)) is not None:
        return question
    if (question := before_taking(request, note, {"recommendation": needs})) is not None:
        return question
    if plan.level == Level.RESTRICTED:
        note_reads(table=ActionPlan._meta.db_table, row_ids=[plan.pk], what=note, actor=actor_of(request))
    strategy = Strategy.objects.get()
    with translation.override("en"):
        label = reader_for(viewer, "").label
        facts = PlanFacts(
            key=f"plan-{public_id}",
            content=content,
            strategy=strategy.short_title,
            symbol=strategy.document_symbol,
            today=timezone.localdate(),
            audience=label,
            circle=label,
            notice=strategy.illustrative_notice if plan.provenance == Provenance.ILLUSTRATIVE else "",
        )
        document = _COMPOSE[what](facts)
        written = RENDER[kind](document)
    headers = {"Content-Disposition": f'attachment; filename="{document.name}.{kind}"'}
    return HttpResponse(written, content_type=CONTENT_TYPES[kind], headers=headers)


@require_safe
def costs_file(request: ViewerRequest, public_id: str, kind: str) -> HttpResponseBase:
    """The costed table, for whoever may see it."""
    with reading_as(request.viewer):
        found = costs_called(request.viewer, public_id)
    if found is None or kind not in ("csv", "xlsx"):
        raise Http404
    with translation.override("en"):
        table, name = costed_table(found), f"plan-costs-{public_id}"
        if kind == "csv":
            return download(name, _heads(), _rows(table))
        headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
        return HttpResponse(_workbook(table), content_type=EXCEL, headers=headers)


def _heads() -> tuple[str, ...]:
    return (_("Output"), _("Activity"), _("Lead entity"), _("Begins"), _("Ends"), *_measures())


def _measures() -> tuple[str, str, str]:
    return (_("Cost (US dollars)"), _("Funded (US dollars)"), _("Unfunded (US dollars)"))


def _rows(table: CostedTable) -> list[tuple[Cell, ...]]:
    """A row an activity; no row of totals, so that the file can be added up."""
    return [
        (
            output.output,
            line.activity,
            line.lead_name or line.lead,
            line.starts_on.isoformat(),
            line.ends_on.isoformat(),
            line.cost,
            line.funded,
            line.money.unfunded.amount,
        )
        for output in table.outputs
        for line in output.lines
    ]


def _workbook(table: CostedTable) -> bytes:
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = Formats(workbook)
    write_sheet(workbook, formats, _("Costed table"), _heads(), _rows(table), wide=(0, 1), numbers=_measures())
    about: list[tuple[Cell, ...]] = [
        (_("Plan of action"), table.title),
        (_("Of"), table.place),
        (_("Period"), f"{table.starts_on.isoformat()} – {table.ends_on.isoformat()}"),
        (_("Version"), table.number),
        (_("Agreed on"), table.agreed_on.isoformat()),
        (_("As of"), table.as_of.isoformat()),
        (_("How this is counted"), _("Of every activity, cost is what is funded and what is not.")),
    ]
    write_sheet(workbook, formats, _("About"), (_("About"), ""), about, wide=(1,), numbers=())
    workbook.close()
    return target.getvalue()
