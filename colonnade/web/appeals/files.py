"""Files of an appeal: for Word and as PDF, the appeal and each of its projects; as a workbook, all of it."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from colonnade.audit.reads import note_reads
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Level, Viewer
from colonnade.funding.appeal_access import is_donor
from colonnade.funding.models import Appeal, AppealEntry
from colonnade.funding.queries import AskedFor, moments_of
from colonnade.funding.queries.coordination import donor_lines
from colonnade.reporting.briefs import (
    AppealEntryFacts,
    AppealFacts,
    BriefTable,
    compose_appeal,
    compose_appeal_entry,
)
from colonnade.reporting.wording import date_in_english
from colonnade.strategy.models import Strategy
from colonnade.web.appeals import page as of_page
from colonnade.web.appeals.coordination import donors_table
from colonnade.web.appeals.seen import Seen, seen_by
from colonnade.web.appeals.since import compared
from colonnade.web.appeals.views import entry_seen, is_illustrative
from colonnade.web.appeals.workbook import write_workbook
from colonnade.web.fund.audience import seen_as
from colonnade.web.listing.files import EXCEL
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.documents import CONTENT_TYPES, RENDER
from colonnade.web.shared.facts import Fact
from colonnade.web.shared.numbers import CellView, TableView
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.requests import ViewerRequest, actor_of
from colonnade.web.shared.stepping_up import confirmation_first


@require_safe
def appeal_file(request: ViewerRequest, key: str, kind: str) -> HttpResponseBase:
    """The appeal as a file, as the reader sees it; with what is not published in it, after a question."""
    found = get_object_or_404(Appeal, key=key)
    if kind not in (*RENDER, "xlsx"):
        raise Http404
    reading = reading_of(request)
    viewer = reading.reader.viewer
    if _reads_more(viewer) and (question := confirmation_first(request)) is not None:
        return question
    with reading_as(viewer):
        seen = seen_by(viewer, found)
    with translation.override("en"):
        content = (
            write_workbook(seen, seen_as(reading.reader), notice=_notice(seen.asked))
            if kind == "xlsx"
            else RENDER[kind](compose_appeal(_appeal_facts(reading, seen)))
        )
    _note(request, [one.entry for one in seen.asked], f"appeal-{kind}")
    return _answer(content, kind, f"{found.key}.{kind}")


@require_safe
def entry_file(request: ViewerRequest, key: str, public_id: str, kind: str) -> HttpResponseBase:
    """One project as a file for a donor's desk."""
    found = get_object_or_404(Appeal, key=key)
    if kind not in RENDER:
        raise Http404
    reading = reading_of(request)
    viewer = reading.reader.viewer
    seen, one = entry_seen(viewer, found, public_id)
    if _reads_more(viewer) and (question := confirmation_first(request)) is not None:
        return question
    with translation.override("en"):
        content = RENDER[kind](compose_appeal_entry(_entry_facts(reading, seen, one)))
    _note(request, [one.entry], f"appeal-entry-{kind}")
    return _answer(content, kind, f"{found.key}-{public_id}.{kind}")


def _reads_more(viewer: Viewer) -> bool:
    """Whether the reader may read anything that is not everybody's."""
    return viewer.inside_the_compact or is_donor(viewer) or bool(viewer.country_codes or viewer.entity_ids)


def _note(request: ViewerRequest, entries: Sequence[AppealEntry], what: str) -> None:
    closed = [one.pk for one in entries if one.level != Level.PUBLIC]
    if closed and request.viewer.user_id is not None:
        note_reads(table=AppealEntry._meta.db_table, row_ids=closed, what=what, actor=actor_of(request))


def _answer(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES.get(kind, EXCEL), headers=headers)


def _appeal_facts(reading: Reading, seen: Seen) -> AppealFacts:
    viewer = reading.reader.viewer
    appeal, whole, audience = seen.appeal, seen.whole, seen_as(reading.reader)
    strategy = Strategy.objects.get()
    moments = moments_of(appeal)
    since: list[tuple[str, BriefTable]] = []
    if moments:
        told = compared(viewer, appeal, moments[0], now=seen.asked)
        tables = (told.flow, told.new, told.left, told.changed)
        since = [(table.caption, brief_of(table, without=("Entity", "Surplus"))) for table in tables if table]
    entities = {one.entry.entity_id for one in seen.asked}
    return AppealFacts(
        key=appeal.key,
        title=appeal.title,
        period=of_page.period(appeal),
        standing=str(appeal.get_standing_display()),
        summary=appeal.summary,
        symbol=strategy.document_symbol,
        as_of=date_in_english(timezone.localdate()),
        audience=audience,
        circle=audience if _reads_more(viewer) else "",
        notice=_notice(seen.asked),
        size=f"Projects: {len(seen.asked)}. Entities: {len(entities)}",
        headlines=_headlines(of_page.stats(whole, "")),
        breakdowns=tuple((one.table.caption, brief_of(one.table)) for one in of_page.breakdowns(seen)),
        projects=brief_of(of_page.projects_table(seen, seen.asked), without=("Pillar", "Priority", "Surplus")),
        since=tuple(since),
        rules=tuple(str(rule) for rule in of_page.RULES),
    )


def _entry_facts(reading: Reading, seen: Seen, one: AskedFor) -> AppealEntryFacts:
    viewer = reading.reader.viewer
    entry, audience = one.entry, seen_as(reading.reader)
    with reading_as(viewer):
        lines = [line for line in donor_lines(viewer, seen.appeal, [one], seen.about) if line.entry == entry]
    partial = of_page.partial_table(one)
    return AppealEntryFacts(
        key=f"{seen.appeal.key}-{entry.public_id}",
        appeal=f"{seen.appeal.title}, {of_page.period(seen.appeal)}",
        title=entry.title,
        purpose=entry.purpose or (entry.project.description if entry.project else ""),
        symbol=Strategy.objects.get().document_symbol,
        as_of=date_in_english(timezone.localdate()),
        audience=audience,
        circle=audience if _reads_more(viewer) else "",
        notice=_notice([one]),
        headlines=_headlines(of_page.stats(one.sums, "")),
        partial=brief_of(partial) if partial else BriefTable((), (), (), 0),
        facts=(*_priority(entry), *(_said(fact) for fact in of_page.entry_facts(seen, one))),
        donors=brief_of(donors_table(seen, lines)) if lines else BriefTable((), (), (), 0),
        rules=tuple(str(rule) for rule in of_page.RULES),
    )


def brief_of(table: TableView, *, without: Sequence[str] = ()) -> BriefTable:
    """A table of a page as a table of a document: the same cells, less the columns for which paper is too narrow."""
    kept = [place for place, head in enumerate(table.header) if head.text not in without]
    return BriefTable(
        header=tuple(table.header[place].text for place in kept),
        numeric=tuple(table.header[place].numeric for place in kept),
        rows=tuple(tuple(_text(row[place]) for place in kept) for row in table.rows),
        total=len(table.rows),
        totals=tuple(_text(table.totals[place]) for place in kept) if table.totals else (),
        note=table.note,
    )


def _text(cell: CellView) -> str:
    return f"{cell.text} ({cell.aside})" if cell.aside else cell.text


def _headlines(stats: Sequence[Stat]) -> tuple[tuple[str, str], ...]:
    # The first four: a surplus is in the tables.
    return tuple((stat.title, stat.number.text) for stat in stats[:4])


def _priority(entry: AppealEntry) -> tuple[tuple[str, str], ...]:
    return (("Priority", str(entry.get_priority_display())),) if entry.priority else ()


def _said(fact: Fact) -> tuple[str, str]:
    return fact.title, "; ".join(f"{line.text} ({line.aside})" if line.aside else line.text for line in fact.lines)


def _notice(asked: Sequence[AskedFor]) -> str:
    return Strategy.objects.get().illustrative_notice if is_illustrative(asked) else ""
