"""A released total as the pages print it: its table, what is said of it, and what its checks found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.analysis.disclosure.policy import Policy
from colonnade.analysis.disclosure.tables import ALL
from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.display import display_cell
from colonnade.analysis.figures.result import Number
from colonnade.analysis.models import ReleaseCheck, ReleasedTotal
from colonnade.analysis.queries import InForce
from colonnade.analysis.releases.checking import CircleCheck, finding_as_json
from colonnade.analysis.releases.preparing import Prepared
from colonnade.analysis.releases.values import Divided, ReleasedValues
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView, spoken

#: What stands for a suppressed cell.
SUPPRESSED = "×"


@dataclass(frozen=True, slots=True)
class Listed:
    """A release in the list."""

    title: str
    address: str
    audience: str
    as_of: str
    total: str
    standing: str


def listed(release: ReleasedTotal) -> Listed:
    """A release as a row of the list."""
    values = ReleasedValues.from_json(release.values)
    return Listed(
        release.title,
        reverse("release", args=[release.public_id]),
        release.get_audience_display(),
        date_format(release.as_of, "j F Y"),
        said(values.total, values.unit),
        release.get_standing_display(),
    )


def number_released(release: InForce) -> LinkedNumber:
    """The total of a release, leading to the release; where it is a small one, that it is not shown."""
    return LinkedNumber(said(release.values.total, release.values.unit), reverse("release", args=[release.public_id]))


def said(value: Number | None, unit: str) -> str:
    """A released number, or that it is not shown."""
    return _("not shown") if value is None else spoken(value, unit)


def table_of_values(values: ReleasedValues, caption: str) -> TableView | None:
    """The released table with its margins; ``None`` for a single number."""
    if not values.is_table:
        return None
    columns = [*values.columns.codes, ALL] if values.columns.lines else [ALL]
    titles = {line.code: _(line.title) for line in values.columns.lines}
    head = [HeaderView(_(values.rows.title))]
    head += [
        HeaderView(titles.get(code, _("Total") if values.columns.lines else _("Number")), numeric=True)
        for code in columns
    ]
    rows = [
        (CellView(_(line.title), header=True), *(_cell(values, line.code, code) for code in columns))
        for line in values.rows.lines
    ]
    total = (CellView(_("Total"), header=True), *(_cell(values, ALL, code) for code in columns))
    note = ""
    if values.suppressed:
        note = _(
            "%(mark)s: not shown, as it is small, empty or rests on few States, or as one that is would follow from it."
        ) % {"mark": SUPPRESSED}
    return TableView(caption, tuple(head), tuple(rows), total, note)


def facts_of(release: ReleasedTotal, *, names: bool) -> list[Fact]:
    """What is said of a release. The people are named to those who see every record."""
    figure = library().get(release.figure)
    policy = Policy.from_json(release.policy)
    values = ReleasedValues.from_json(release.values)
    by = _by(values.rows, values.columns)
    attested = _attested(release, names=names)
    return facts(
        (_("Figure"), Line(_(figure.title), reverse("figure", args=[figure.key])) if figure else ""),
        (_("Counts"), "" if figure else (_("Needs by %(dimensions)s") % {"dimensions": by} if by else _("Needs"))),
        (_("Counted over"), release.get_over_display()),
        (_("Released to"), release.get_audience_display()),
        (_("As of"), Line(date_format(release.as_of, "j F Y, H:i"), aside="UTC")),
        (_("Attested"), attested),
        (_("Rule"), rule_in_words(policy)),
        (_("What to know"), release.note),
        (_("Why it was released"), release.reason if names else ""),
        (_("Withdrawn"), _ended(release) if release.standing == ReleasedTotal.Standing.WITHDRAWN else ""),
        (_("Refused"), _ended(release) if release.standing == ReleasedTotal.Standing.REFUSED else ""),
    )


def rule_in_words(policy: Policy) -> list[str]:
    """The rule of a release, a sentence each."""
    sentences = [
        _("A cell with fewer than %(count)s records, or records of fewer than %(states)s States, is not shown.")
        % {"count": policy.minimum_count, "states": policy.minimum_contributors},
        _("Nor is one in which a State could work out the part of another within %(share)s per cent.")
        % {"share": policy.dominance_percent},
    ]
    if policy.protects_empty:
        sentences.append(_("An empty cell is kept like a small one."))
    sentences.append(_("Further cells are left out, so that none of these follows from the others."))
    return sentences


@dataclass(frozen=True, slots=True)
class CheckView:
    """The audit of one circle's knowledge, in words."""

    circle: str
    when: str
    passed: bool
    scale: str
    against: Sequence[str]
    findings: Sequence[str]


def check_view(check: ReleaseCheck) -> CheckView:
    """A check that was kept."""
    when = f"{check.get_stage_display()}, {date_format(check.checked_at, 'j F Y, H:i')}"
    scale = _scale(check.hidden_records, check.unknowns, check.statements, check.sensitive)
    return CheckView(
        _circle(check.audience), when, check.passed, scale, check.against, [_finding(each) for each in check.findings]
    )


def circle_view(circle: CircleCheck) -> CheckView:
    """A check that was made just now."""
    scale = _scale(circle.hidden_records, circle.unknowns, circle.statements, circle.sensitive)
    found = [_finding(finding_as_json(finding)) for finding in circle.findings]
    known = [_("Known before: %(what)s") % {"what": _finding(finding_as_json(each))} for each in circle.standing]
    return CheckView(_circle(circle.circle), "", circle.passed, scale, circle.against, [*found, *known])


def kept_out(prepared: Prepared) -> list[str]:
    """Which cells stay out, with the rule that each breaks, or that it protects another."""
    reasons = {
        "empty": _("empty"),
        "small": _("too few records"),
        "few_contributors": _("too few States"),
        "dominated": _("one State makes up most of it"),
    }
    titles = {
        **{line.code: _(line.title) for line in (*prepared.basis.rows.lines, *prepared.basis.columns.lines)},
        ALL: _("Total"),
    }
    sentences = []
    for key in prepared.values.cells:
        if key in prepared.checked.hidden:
            codes = [code for code in key if code != ALL] or [ALL]
            reason = prepared.checked.primary.get(key)
            why = reasons[reason.value] if reason else _("protects another")
            sentences.append(f"{', '.join(titles[code] for code in codes)}: {why}")
    return sentences


def _attested(release: ReleasedTotal, *, names: bool) -> str:
    if release.approved_by is None or release.approved_at is None:
        return _("Proposed by %(person)s; not approved") % {"person": release.made_by.name} if names else ""
    day = date_format(release.approved_at, "j F Y")
    if names:
        return _("by %(maker)s and %(approver)s on %(day)s") % {
            "maker": release.made_by.name,
            "approver": release.approved_by.name,
            "day": day,
        }
    return _("by two people of the secretariat on %(day)s") % {"day": day}


def _ended(release: ReleasedTotal) -> str:
    day = date_format(release.ended_at, "j F Y") if release.ended_at else ""
    return f"{day}: {release.ended_because}"


def _by(*divided: Divided) -> str:
    return ", ".join(_(each.title) for each in divided if each.title)


def _cell(values: ReleasedValues, row: str, column: str) -> CellView:
    value = values.cells[row, column]
    return CellView(SUPPRESSED if value is None else display_cell(value, values.unit), numeric=True)


def _circle(name: str) -> str:
    return {"public": _("The public"), "compact": _("Member entities of the compact")}.get(name, name)


def _scale(hidden: int, unknowns: int, statements: int, sensitive: int) -> str:
    return _(
        "%(hidden)s records that they do not see, in %(unknowns)s unknown sums and %(statements)s statements; "
        "%(sensitive)s sensitive groups asked after"
    ) % {"hidden": hidden, "unknowns": unknowns, "statements": statements, "sensitive": sensitive}


def _finding(finding: dict[str, Any]) -> str:
    """What could be derived, and how, in a sentence."""
    if finding["way"] == "contradiction":
        return _("What is known contradicts itself: %(what)s") % {"what": finding["what"]}
    if finding["way"] == "bounds":
        return _("%(what)s: it lies from %(low)s to %(high)s, and is %(value)s") % finding
    steps = " ".join(
        f"{'+' if not share.startswith('-') else '−'} {name}" for name, share in finding["combination"].items()
    )
    return _("%(what)s: it is %(value)s, from %(steps)s") % {**finding, "steps": steps}
