"""An appeal as an Excel workbook: every project, the totals by each dimension, and what the numbers are."""

from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from colonnade.analysis.figures.result import Cell
from colonnade.funding.appeal_sums import Sums
from colonnade.reporting.wording import date_in_english
from colonnade.reporting.workbook.cells import Formats, write_text
from colonnade.reporting.workbook.sheets import USUAL, WIDE, write_sheet
from colonnade.web.appeals import page as of_page
from colonnade.web.appeals.seen import DIMENSIONS, Seen


def write_workbook(seen: Seen, audience: str, *, notice: str) -> bytes:
    """The bytes of the workbook. Texts are written as texts, whatever they begin with."""
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = Formats(workbook)
    write_sheet(
        workbook, formats, _("Projects"), _project_heads(), _projects(seen), wide=(0, 9, 10), numbers=_measures()
    )
    for dimension, title in DIMENSIONS.items():
        rows = [(seen.title(dimension, code), line.entries, *_sums(line.sums)) for code, line in seen.lines(dimension)]
        heads = (str(title), _("Projects"), *_measures())
        sheet = _("By %(dimension)s") % {"dimension": str(title).lower()}
        write_sheet(workbook, formats, sheet, heads, rows, wide=(0,), numbers=_measures())
    _about(workbook.add_worksheet(_("About")), formats, seen, audience, notice)
    workbook.close()
    return target.getvalue()


def _measures() -> tuple[str, ...]:
    return (_("Requirement"), _("Received so far"), _("Pledged"), _("Shortfall"), _("Surplus"))


def _sums(sums: Sums) -> tuple[Cell, ...]:
    return (sums.requirement, sums.received, sums.pledged, sums.shortfall, sums.surplus)


def _project_heads() -> tuple[str, ...]:
    return (
        *(_("Project"), _("Entity"), _("Pillar"), _("Priority"), *_measures()),
        *(_("Regions"), _("Themes"), _("Needs"), _("What a partial sum does"), _("Begins on"), _("Ends on")),
    )


def _projects(seen: Seen) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for one in seen.asked:
        entry = one.entry
        several = (
            "; ".join(seen.title(dimension, code) for code in seen.values(dimension, entry))
            for dimension in ("region", "theme", "need")
        )
        rows.append(
            (
                entry.title,
                entry.entity.abbreviation,
                entry.pillar.code if entry.pillar else "",
                str(entry.get_priority_display()),
                *_sums(one.sums),
                *several,
                entry.partial_sums,
                entry.starts_on.isoformat() if entry.starts_on else "",
                entry.ends_on.isoformat() if entry.ends_on else "",
            )
        )
    return rows


def _about(sheet: Worksheet, formats: Formats, seen: Seen, audience: str, notice: str) -> None:
    lines = [
        (_("Appeal"), seen.appeal.title),
        (_("Period"), of_page.period(seen.appeal)),
        (_("As of"), date_in_english(timezone.localdate())),
        (_("As seen by"), audience),
        (_("Unit"), _("US dollars")),
        (_("Notice"), notice),
        *((_("How this is counted") if place == 0 else " ", str(rule)) for place, rule in enumerate(of_page.RULES)),
    ]
    sheet.set_column(0, 0, USUAL)
    sheet.set_column(1, 1, 2 * WIDE)
    for row, (title, text) in enumerate((title, text) for title, text in lines if text):
        write_text(sheet, row, 0, title.strip(), formats.text(title))
        write_text(sheet, row, 1, text, formats.text(text, wrap=True))
