"""Files of exactly what a list shows: the same rows in the same order, the same columns, every page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import MEASURES
from colonnade.strategy.models import Strategy
from colonnade.web.listing.asked import Asked
from colonnade.web.listing.model import Kind, title_of_column
from colonnade.web.listing.narrowing import in_words
from colonnade.web.listing.spreadsheet import MOST_ROWS, Head, write_workbook
from colonnade.web.listing.values import Field, reads_of, said_as_not_reported
from colonnade.web.shared.audiences import file_label_of
from colonnade.web.shared.separated import download

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def separated_file(asked: Asked) -> StreamingHttpResponse:
    """The list as CSV, streamed."""
    return download(_file_name(asked), [title_of_column(column) for column in asked.columns], _rows(asked))


def workbook_file(asked: Asked, request: HttpRequest) -> FileResponse:
    """The list as an Excel workbook. One that a sheet cannot hold is not there: CSV holds any number of rows."""
    total = int(asked.reading.total(asked.selection, asked.of.measures[0]) or 0)
    if total > MOST_ROWS:
        raise Http404
    heads = [Head(title_of_column(column), column.kind is Kind.RECORD, column.kind.numeric) for column in asked.columns]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        about = _about(asked, request, total)
        write_workbook(path, sheet=_(asked.of.title), heads=heads, rows=_rows(asked), about=about)
        # The open file outlives its name, and is gone once it was sent.
        return FileResponse(
            path.open("rb"), as_attachment=True, filename=f"{_file_name(asked)}.xlsx", content_type=EXCEL
        )


def _rows(asked: Asked) -> Iterator[list[Field]]:
    reads = reads_of(asked)
    names = [column.name for column in asked.columns]
    for row in asked.reading.every_row(asked.selection, names, sort=asked.order):
        yield reads.fields(row)


def _about(asked: Asked, request: HttpRequest, total: int) -> list[tuple[str, str]]:
    """What the rows are, for whoever opens the file a year from now."""
    of, reading, selection = asked.of, asked.reading, asked.selection
    strategy = Strategy.objects.first()
    inventory = reading.inventory(selection.inventory) if selection.inventory else None
    taken = date_format(reading.created_at, "j F Y, H:i")
    said = [
        (_("List"), _(of.title)),
        (_("Strategy"), strategy.title if strategy else ""),
        (_("Records"), f"{total:,}"),
        (_("Inventory"), _inventory_in_words(inventory.title, inventory.as_of) if inventory else ""),
        *[(_("Filter"), filtered) for filtered in in_words(asked) or [_("None: every record is listed")]],
        (_("As of"), _("Snapshot taken %(when)s UTC") % {"when": taken}),
        (_("Snapshot"), reading.snapshot_id),
        (_("As seen by"), reading.reader.label),
        (_("Address"), request.build_absolute_uri(request.path.rpartition("/")[0] + f"/?{asked.settled}")),
        (_("Empty cells"), said_as_not_reported()),
    ]
    said += [(_(MEASURES[name].title), _(MEASURES[name].definition)) for name in of.measures[1:]]
    if reading.is_illustrative(selection.inventory) and strategy:
        said.append((_("Notice"), strategy.illustrative_notice))
    return [(title, text) for title, text in said if text]


def _inventory_in_words(title: str, as_of: date | None) -> str:
    return _("%(title)s, as of %(day)s") % {"title": title, "day": date_format(as_of, "j F Y")} if as_of else title


def _file_name(asked: Asked) -> str:
    reading = asked.reading
    audience = reading.reader.asked or file_label_of(reading.reader.viewer)
    parts = [asked.of.page.value, asked.selection.inventory, reading.snapshot_id, audience]
    return "-".join(part for part in parts if part)
