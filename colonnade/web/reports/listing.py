"""What is said of a report before it is opened: of when, over which inventory, for whom, in which files."""

from dataclasses import dataclass
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from colonnade.core.viewer import Audience
from colonnade.reporting.build import Inventory
from colonnade.reporting.folder import Report
from colonnade.web.reports.files import FILES, folder_of
from colonnade.web.shared.addresses import AUDIENCE, INVENTORY
from colonnade.web.shared.audiences import widest_audience
from colonnade.web.shared.pages import Tab
from colonnade.web.shared.reading import Reading


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a report. ``size`` is empty where it is not built yet."""

    title: Promise | str
    address: str
    size: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the list gives it, for one audience and over one inventory."""

    report: Report
    address: str
    inventory: Inventory | None
    audience: str
    figures: int
    downloads: tuple[Download, ...]
    inventories: tuple[Tab, ...]
    compare: str
    compare_title: str


def entry_of(report: Report, reading: Reading, audience: Audience, inventory: str = "") -> Entry:
    """The report over ``inventory``, its own unless named."""
    key = inventory or report.inventory
    row = reading.inventories.get(key)
    own = reading.reader.asked if audience.key != widest_audience(reading.reader.viewer).key else ""
    before = reading.inventories.get(row.previous or "") if row else None
    return Entry(
        report=report,
        address=_address(report, own, inventory),
        inventory=row,
        audience=_(audience.title),
        figures=len(report.mentions.figures),
        downloads=tuple(_downloads(report, audience, key, inventory)),
        inventories=tuple(
            Tab(each.title, _address(report, own, each.key if each.key != report.inventory else ""), each.key == key)
            for each in reading.inventories.values()
        ),
        compare=_compare(report, before, row) if before and row else "",
        compare_title=before.title if before else "",
    )


def compare_address(report: str, before: str, after: str, figure: str = "") -> str:
    """The comparison of two inventories, or of one figure over them."""
    path = (
        reverse("report-compare-figure", args=[report, figure]) if figure else reverse("report-compare", args=[report])
    )
    return f"{path}?{urlencode({'before': before, 'after': after})}"


def _compare(report: Report, before: Inventory, after: Inventory) -> str:
    return compare_address(report.name, before.key, after.key)


def _address(report: Report, audience: str, inventory: str) -> str:
    query = urlencode({name: value for name, value in ((AUDIENCE, audience), (INVENTORY, inventory)) if value})
    return reverse("report", args=[report.name]) + (f"?{query}" if query else "")


def _downloads(report: Report, audience: Audience, key: str, inventory: str) -> list[Download]:
    built = folder_of(report, audience, key)
    query = urlencode({AUDIENCE: audience.key, **({INVENTORY: inventory} if inventory else {})})
    return [
        Download(
            file.title,
            f"{reverse('report-file', args=[report.name, file.name])}?{query}",
            _size(built / file.name),
        )
        for file in FILES
    ]


def _size(path: Path) -> str:
    return filesizeformat(path.stat().st_size) if path.is_file() else ""
