"""The thread of a resolution: from its paragraphs to what assessments recommended, to projects, results and reports."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.analysis.crosstab.model import Selection, Subject
from colonnade.core.viewer import Viewer
from colonnade.needs.models import Assessment
from colonnade.portfolio.models import Programme, ProjectMandate
from colonnade.strategy.models import Mandate
from colonnade.web.shared.facts import Line
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.press import report_called, report_names
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import linked, listing_address


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the thread: ``number`` of what, and in ``lines`` which."""

    title: str
    number: LinkedNumber | None
    lines: tuple[Line, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """The steps in order, and the paragraphs by the projects that name them."""

    steps: tuple[Step, ...]
    paragraphs: TableView


def thread_of(reading: Reading, viewer: Viewer, mandate: Mandate, inventory: str) -> Thread:
    """The thread of ``mandate``, as the reader may see it."""
    projects = Selection(Subject.PROJECTS, inventory).where("mandate", mandate.code)
    needs = Selection(Subject.NEEDS).where("mandate", mandate.code)
    visits = Assessment.objects.visible_to(viewer).filter(mandates=mandate).count()
    programmes = Programme.objects.filter(mandates=mandate)
    reports = _reports_that_cite(mandate.code)
    completed = projects.where("status", "completed")
    covered = needs.where("coverage", "met", "partly_met")
    paragraphs = _paragraphs(viewer, mandate)
    return Thread(
        steps=(
            Step(
                _("Paragraphs"),
                LinkedNumber(str(len(paragraphs.rows))) if paragraphs.rows else None,
                empty=_("No project says which paragraph it carries out."),
            ),
            Step(
                _("Recommendations"),
                linked(reading, needs, "needs", reading.total(needs, "needs")),
                (
                    Line(
                        ngettext("%(n)s assessment rests on it", "%(n)s assessments rest on it", visits) % {"n": visits}
                    ),
                )
                if visits
                else (),
            ),
            Step(
                _("Projects"),
                linked(reading, projects, "projects", reading.total(projects, "projects")),
                tuple(Line(row.title, record_address("programme", row.code), _("programme")) for row in programmes),
            ),
            Step(
                _("Results"),
                linked(reading, completed, "projects", reading.total(completed, "projects")),
                (
                    Line(_("projects completed")),
                    Line(
                        _("of its needs, %(n)s met or partly met") % {"n": reading.total(covered, "needs")},
                        listing_address(covered, reading),
                    ),
                )
                if reading.total(needs, "needs")
                else (Line(_("projects completed")),),
            ),
            Step(
                _("Reports"),
                LinkedNumber(str(len(reports))) if reports else None,
                (
                    *(Line(title, reverse("report", args=[name])) for name, title in reports),
                    Line(mandate.source, aside=_("where the strategy's document cites it")),
                ),
                empty=_("No report made here cites it yet."),
            ),
        ),
        paragraphs=paragraphs,
    )


def _paragraphs(viewer: Viewer, mandate: Mandate) -> TableView:
    """The paragraphs that projects name, each with its projects. Links are as visible as their projects."""
    found: dict[str, list[CellView]] = {}
    links = (
        ProjectMandate.objects.visible_to(viewer)
        .filter(mandate=mandate)
        .exclude(paragraph="")
        .select_related("project")
        .order_by("paragraph", "project__title")
    )
    for link in links:
        cell = CellView(link.project.title, record_address("project", link.project.public_id))
        found.setdefault(link.paragraph, []).append(cell)
    rows = tuple(
        (CellView(_("Paragraph %(number)s") % {"number": paragraph}, header=True), cells[0], CellView(_and_more(cells)))
        for paragraph, cells in found.items()
    )
    heads = (HeaderView(_("Paragraph")), HeaderView(_("A project that carries it out")), HeaderView(_("Others")))
    return TableView(_("Paragraphs that projects carry out"), heads, rows)


def _and_more(cells: list[CellView]) -> str:
    others = len(cells) - 1
    return ngettext("and %(n)s other", "and %(n)s others", others) % {"n": others} if others else ""


def _reports_that_cite(code: str) -> list[tuple[str, str]]:
    """The pack's reports whose text has the symbol, without the year that follows it: name and title."""
    symbol = code.split(" (")[0]
    return [
        (name, report_called(name).title)
        for name in report_names()
        if any(_has(path, symbol) for path in sorted((settings.PACK_DIR / "reports" / name).glob("*.md")))
    ]


def _has(path: Path, symbol: str) -> bool:
    number = symbol.rsplit("/", 1)[-1]
    text = path.read_text(encoding="utf-8")
    return symbol in text or f"resolution {number} " in text or f"{number} (" in text
