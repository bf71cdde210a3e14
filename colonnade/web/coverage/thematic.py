"""The thematic summary of gaps as a file: the page's own numbers theme by theme, with no State named."""

from typing import Final

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from colonnade.analysis.coverage.shares import share_of
from colonnade.analysis.coverage.times import bands, years_before
from colonnade.analysis.crosstab.coverage import COVERAGES
from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import Answer, Number, Question, Selection, Subject
from colonnade.analysis.figures.display import display_cell
from colonnade.reporting.briefs import BriefTable, ThematicFacts, ThemeFacts, compose_thematic_summary
from colonnade.reporting.wording import date_in_english
from colonnade.strategy.models import Strategy
from colonnade.web.coverage.asked import Asked, asked_of
from colonnade.web.coverage.waiting import of_band
from colonnade.web.places.briefs import is_public
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.documents import CONTENT_TYPES, RENDER
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.selections import title_of
from colonnade.web.shared.taking import before_taking, closed_records, taken

_THEME, _REGION, _COVERAGE, _UNMET = "theme", "region", "coverage", "unmet"
RULES: Final = (
    "Needs are recommendations of assessments. Every need counts once in its theme, and once in every region of its "
    "State that is listed. A need is open until it is implemented or withdrawn.",
    "Unmet: nobody even claims to answer it. No State is named: whoever may see its needs finds them on its page.",
    "Records that are shared more narrowly than with the reader of this summary are left out.",
)


@require_safe
def thematic_summary(request: ViewerRequest, kind: str) -> HttpResponseBase:
    """The summary in Word or PDF, as this reader may have it; with restricted needs in its numbers, after a question.

    For readers outside the circle that needs are shared in there is no such file.
    """
    asked = asked_of(request)
    if kind not in CONTENT_TYPES or asked.are_kept or not asked.base:
        raise Http404
    closed = closed_records(asked.reading.reader.viewer, "recommendation")
    rows = taken(closed, (row[0] for row in asked.reading.every_row(asked.needs, ["recommendation"]))) if closed else []
    if (question := before_taking(request, f"thematic-summary-{kind}", {"recommendation": rows})) is not None:
        return question
    with translation.override("en"):
        content = RENDER[kind](compose_thematic_summary(thematic_facts(asked)))
    headers = {"Content-Disposition": f'attachment; filename="thematic-summary-{asked.day.isoformat()}.{kind}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[kind], headers=headers)


def thematic_facts(asked: Asked) -> ThematicFacts:
    """What the summary says, in English, over the needs that were asked for."""
    strategy, reading = Strategy.objects.get(), asked.reading
    label = reader_for(reading.reader.viewer, reading.reader.asked).label
    begins, counted_on = years_before(asked.day, 1), date_in_english(reading.created_at.date())
    by_theme = reading.ask(Question(asked.needs, "needs", _THEME, _COVERAGE))
    illustrative = reading.is_illustrative(asked.inventory.key if asked.inventory else "")
    return ThematicFacts(
        strategy=strategy.short_title,
        symbol=strategy.document_symbol,
        year=f"{date_in_english(begins)} to {date_in_english(asked.day)}",
        as_of=f"{counted_on}; ages and the year are counted to {date_in_english(asked.day)}",
        audience=label,
        circle="" if is_public(reading) else label,
        snapshot=reading.snapshot_id,
        notice=strategy.illustrative_notice if illustrative else "",
        headlines=(
            ("Needs", _count(by_theme.total)),
            ("Found in the year", _count(_total(asked, _of_the_year(asked)))),
            ("Open", _count(_total(asked, asked.open_needs))),
            ("Open and unmet", _count(_total(asked, asked.unmet))),
        ),
        themes=_themes(asked, by_theme),
        ages=_ages(asked),
        each=tuple(_theme(asked, code) for code in by_theme.row_codes),
        rules=(DIMENSIONS[Subject.NEEDS][_COVERAGE].definition, *RULES),
    )


def _of_the_year(asked: Asked) -> Selection:
    first = years_before(asked.day, 1).isoformat()
    return asked.needs.where("issued_from", first).where("issued_by", asked.day.isoformat())


def _total(asked: Asked, selection: Selection) -> int:
    return int(asked.reading.total(selection, "needs") or 0)


def _themes(asked: Asked, by_theme: Answer) -> BriefTable:
    """A row a theme: its needs by state of coverage, and the share that is unmet."""
    named = [title_of(asked.reading, Subject.NEEDS, _COVERAGE, code) for code in COVERAGES]
    rows = [
        (
            title_of(asked.reading, Subject.NEEDS, _THEME, code),
            _count(by_theme.row_totals.get(code)),
            *(_count(by_theme.cells.get((code, state))) for state in COVERAGES),
            _share(by_theme.cells.get((code, _UNMET)), by_theme.row_totals.get(code)),
        )
        for code in by_theme.row_codes
    ]
    totals = (
        "All themes",
        _count(by_theme.total),
        *(_count(by_theme.column_totals.get(state)) for state in COVERAGES),
        _share(by_theme.column_totals.get(_UNMET), by_theme.total),
    )
    header = ("Thematic priority", "Needs", *named, f"{named[0]}, per cent")
    return BriefTable(header, (False, *(True,) * (len(header) - 1)), tuple(rows), len(rows), totals)


def _ages(asked: Asked) -> BriefTable:
    """Open needs that are unmet, by how long."""
    rows = [(band.title, _count(_total(asked, of_band(asked.unmet, band)))) for band in bands(asked.day)]
    return BriefTable(("Waiting for", "Open and unmet"), (False, True), tuple(rows), len(rows))


def _theme(asked: Asked, code: str | None) -> ThemeFacts:
    """One theme: its open needs by region, and those of them that are unmet."""
    whole = asked.reading.ask(Question(asked.open_needs.within(_THEME, code), "needs", _REGION))
    unmet = asked.reading.ask(Question(asked.unmet.within(_THEME, code), "needs", _REGION))
    rows = sorted(
        (
            (
                title_of(asked.reading, Subject.NEEDS, _REGION, region),
                whole.row_totals.get(region),
                unmet.row_totals.get(region),
            )
            for region in whole.row_codes
        ),
        key=lambda row: (-int(row[2] or 0), row[0]),
    )
    title = title_of(asked.reading, Subject.NEEDS, _THEME, code)
    high = _total(asked, asked.unmet.within(_THEME, code).within("priority", "high"))
    table = BriefTable(
        ("Region", "Open needs", "Unmet", "Unmet, per cent"),
        (False, True, True, True),
        tuple((name, _count(some), _count(none), _share(none, some)) for name, some, none in rows),
        len(rows),
    )
    sentence = (
        f"Of {_count(whole.total)} open needs {_count(unmet.total)} are unmet, {_count(high)} of them of high priority."
    )
    return ThemeFacts(title, sentence, table)


def _count(value: Number | None) -> str:
    return display_cell(value or 0, "count")


def _share(part: Number | None, whole: Number | None) -> str:
    return display_cell(share_of(part or 0, whole), "per cent")
