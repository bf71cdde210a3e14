"""What audits and evaluations recommended: a row for each report and field, as it was published."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped
from colonnade.results.models import OversightRecommendation
from colonnade.web.library.narrowing import RowFacet
from colonnade.web.library.words import capital
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.partial_dates import in_words
from colonnade.web.shared.separated import Field

Row = OversightRecommendation


def recommendations() -> list[Row]:
    """Every row, the reports in the order of their release."""
    return list(OversightRecommendation.objects.order_by("released_in", "report", "pk"))


def facets_of(rows: Sequence[Row]) -> list[RowFacet[Row]]:
    """What they can be filtered by."""
    return [
        _facet("report", _("Report"), rows),
        _facet("body", _("Oversight body"), rows),
        _facet("importance", _("Importance"), rows),
    ]


def words_of(row: Row) -> str:
    """What of a row is searched."""
    return " ".join([row.report, row.body, row.field, row.standing, row.note])


def oversight_table(rows: Sequence[Row]) -> TableView:
    """The rows as a table. A number that was not published is said to be none, and nothing is summed."""
    header = (
        HeaderView(_("Report")),
        HeaderView(_("Field")),
        HeaderView(_("Importance")),
        HeaderView(_("Recommendations"), numeric=True),
        HeaderView(_("Carried out (per cent)"), numeric=True),
        HeaderView(_("Standing")),
        HeaderView(_("Released")),
        HeaderView(_("Source")),
    )
    return TableView(
        _("Recommendations of audits and evaluations"),
        header,
        tuple(
            (
                CellView(row.report, header=True, aside=row.body),
                CellView(row.field, aside=row.note),
                CellView(capital(row.importance) or _("Not reported")),
                CellView(grouped(row.number) if row.number is not None else "–", numeric=True),
                CellView(_percent(row), numeric=True),
                CellView(row.standing or _("Not reported")),
                CellView(in_words(row.released_in) or _("Not reported")),
                CellView(row.source),
            )
            for row in rows
        ),
    )


def fields_of(rows: Sequence[Row]) -> Iterator[list[Field]]:
    """The rows of the file."""
    for row in rows:
        yield [
            row.report,
            row.body,
            row.released_in,
            row.field,
            row.number,
            row.importance,
            row.percent_implemented,
            row.standing,
            row.source,
            row.note,
        ]


def header() -> list[str]:
    """The head of the file."""
    return [
        _("Report"),
        _("Oversight body"),
        _("Released"),
        _("Field"),
        _("Recommendations"),
        _("Importance"),
        _("Carried out (per cent)"),
        _("Standing"),
        _("Source"),
        _("Note"),
    ]


def _facet(name: str, title: str, rows: Sequence[Row]) -> RowFacet[Row]:
    found = sorted({value for row in rows if (value := getattr(row, name))})
    return RowFacet(
        name,
        title,
        lambda row: [value] if (value := getattr(row, name)) else [],
        {value: capital(value) for value in found},
    )


def _percent(row: Row) -> str:
    if row.percent_implemented is None:
        return "–"
    return f"{row.percent_implemented:f}".rstrip("0").rstrip(".")
