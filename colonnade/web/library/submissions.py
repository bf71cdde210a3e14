"""What States, organisations and civil society sent in for the report: that it came, not what it says."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped
from colonnade.results.models import Submission
from colonnade.web.library.narrowing import RowFacet
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.separated import Field


def submissions() -> list[Submission]:
    """Every row: States first, then organisations and civil society, each by name."""
    rows = Submission.objects.select_related("country", "entity")
    order = {kind: place for place, kind in enumerate(Submission.Kind.values)}
    return sorted(rows, key=lambda row: (order.get(row.kind, len(order)), row.submitter))


def facets_of() -> list[RowFacet[Submission]]:
    """What they can be filtered by."""
    titles = {code: str(title) for code, title in Submission.Kind.choices}
    return [RowFacet("kind", _("From"), lambda row: [row.kind], titles)]


def words_of(row: Submission) -> str:
    """What of a row is searched."""
    return " ".join([row.submitter, row.note, _name(row)])


def counts_of(rows: Sequence[Submission]) -> list[Stat]:
    """How many submissions came, in all and of each kind; each number opens its rows. A row can stand for many."""
    path = reverse("library-submissions")
    stats = [Stat(_("Submissions"), LinkedNumber(_sum(rows), path), _("received for the report"))]
    for code in Submission.Kind.values:
        own = [row for row in rows if row.kind == code]
        if own:
            rows_said = ngettext("in %(rows)s row", "in %(rows)s rows", len(own)) % {"rows": grouped(len(own))}
            aside = rows_said if len(own) != sum(row.number for row in own) else ""
            stats.append(Stat(_many(code), LinkedNumber(_sum(own), f"{path}?{urlencode({'kind': code})}"), aside))
    return stats


def submissions_table(rows: Sequence[Submission]) -> TableView:
    """The rows as a table; who is known here leads to their page."""
    header = (
        HeaderView(_("From")),
        HeaderView(_("Kind")),
        HeaderView(_("Submissions"), numeric=True),
        HeaderView(_("Source")),
    )
    return TableView(
        _("Submissions received for the report"),
        header,
        tuple(
            (
                CellView(_name(row), _address(row), header=True, aside=row.note),
                CellView(str(row.get_kind_display())),
                CellView(grouped(row.number), numeric=True),
                CellView(row.source),
            )
            for row in rows
        ),
    )


def fields_of(rows: Sequence[Submission]) -> Iterator[list[Field]]:
    """The rows of the file."""
    for row in rows:
        country = row.country.code if row.country else None
        yield [row.submitter, str(row.get_kind_display()), country, row.number, row.source, row.note]


def header() -> list[str]:
    """The head of the file."""
    return [_("From"), _("Kind"), _("State"), _("Submissions"), _("Source"), _("Note")]


def _sum(rows: Sequence[Submission]) -> str:
    return grouped(sum(row.number for row in rows))


def _many(kind: str) -> str:
    """Who sent them in, where they are many."""
    many = {Submission.Kind.STATE: _("From States"), Submission.Kind.ORGANISATION: _("From organisations")}
    return many.get(Submission.Kind(kind), _("From civil society"))


def _name(row: Submission) -> str:
    return row.country.name_in(get_language() or "en") if row.country else row.submitter


def _address(row: Submission) -> str:
    if row.country:
        return record_address("country", row.country.code)
    return record_address("entity", row.entity.code) if row.entity else ""
